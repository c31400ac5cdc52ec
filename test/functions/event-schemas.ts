import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/events');
/** Times as Rebound writes them. */
const FORMATS = { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ };

/** The documented schemas of details, by detail type. */
export const EVENT_SCHEMAS: ReadonlyMap<string, EventSchema> = new Map(
  readdirSync(FOLDER).map((file) => {
    const schema = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as EventSchema;
    return [schema.title, schema];
  }),
);

interface EventSchema {
  readonly title: string;
  // biome-ignore lint/suspicious/noExplicitAny: a schema holds whatever JSON Schema takes.
  readonly properties: Readonly<Record<string, any>>;
}

const validators = new Map(
  [...EVENT_SCHEMAS].map(([type, schema]) => {
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: FORMATS });
    // Consumers must take further members; what Rebound itself sends is documented to the last one.
    return [type, ajv.compile({ ...schema, additionalProperties: false })];
  }),
);

/** What is wrong with an event by its schema; nothing when it is as it should be. */
export function eventFaults({ type, detail }: { readonly type: string; readonly detail: unknown }): string[] {
  const validate = validators.get(type);
  if (validate === undefined) return [`${type} has no schema`];
  validate(detail);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${type}${instancePath} ${message}`);
}
