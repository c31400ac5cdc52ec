import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ContractDocument, Schema } from '../../contract/document.ts';

/** Says what is wrong with a value by a schema of the document; nothing when it is as it should be. */
export type Validator = (schema: Schema, value: unknown) => string[];

/** Times as Rebound writes them, RFC 3339 in UTC with milliseconds, and days. */
const FORMATS = { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, date: /^\d{4}-\d\d-\d\d$/ };

/** A validator by the document as it stands: what it does not name is let through. For requests. */
export function createValidator({ components }: ContractDocument): Validator {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: FORMATS });
  ajv.addVocabulary(['components']);
  const compiled = new Map<Schema, ReturnType<typeof ajv.compile>>();
  return (schema, value) => {
    // References lead from the document's root, so every schema brings the components along.
    const validate = compiled.get(schema) ?? ajv.compile({ ...schema, components });
    compiled.set(schema, validate);
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  };
}

/** The document with its objects closed: a member that it does not name is a fault. For what we answer ourselves. */
export function closed(document: ContractDocument): ContractDocument {
  return closedNode(document) as ContractDocument;
}

function closedNode(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closedNode);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closedNode(value)]));
  const isObjectSchema = 'properties' in members && !('additionalProperties' in members);
  return isObjectSchema ? { ...members, additionalProperties: false } : members;
}
