import { type CallOptions, createSignedCaller, type ServiceOptions } from './signed-caller.ts';
import { encodeSegment, type Query } from './signer.ts';

/** A command of the SDK, as far as it is looked at. */
interface RestCommand {
  readonly input: object;
  /** Its fourth member says how the operation is called. */
  readonly schema?: unknown;
}
interface OperationTraits {
  readonly http: readonly [method: string, path: string, status: number];
}

/** Of the schema of an operation's input: the names of its members, and what is said of each. */
type InputSchema = readonly [
  ...header: readonly [number, string, string, unknown],
  names: readonly string[],
  members: readonly unknown[],
];

/**
 * Creates what takes the commands of the SDK's own client of a service that speaks REST with JSON, in its place: an
 * input's members go into path and query where these name them, the others into the body. Times are not translated: those
 * of an answer stay numbers. Source: Smithy 2.0, "AWS restJson1 protocol" and "HTTP binding traits".
 */
export function createRestJsonClient<Client extends { send: unknown }>(
  options: ServiceOptions,
): Pick<Client, 'send'> {
  const call = createSignedCaller(options);
  const send = (command: RestCommand, callOptions?: CallOptions) => {
    const [, , , traits, readInput] = command.schema as readonly unknown[];
    const [method, template] = (traits as OperationTraits).http;
    const rest = new Map<string, unknown>(Object.entries(command.input));
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String(rest.get(name) ?? '');
      rest.delete(name);
      return encodeSegment(value);
    });
    const query = takeQuery(rest, (readInput as () => InputSchema)());
    const body = rest.size === 0 ? '' : JSON.stringify(Object.fromEntries(rest));
    return call({ method, path, query, headers: { 'content-type': 'application/json' }, body }, callOptions);
  };
  return { send };
}

function takeQuery(rest: Map<string, unknown>, [, , , , names, members]: InputSchema): Query {
  const query: Record<string, string[]> = {};
  for (const [index, name] of names.entries()) {
    const { httpQuery } = traitsOf(members[index]);
    const given = rest.get(name);
    if (httpQuery !== undefined && rest.delete(name) && given !== undefined) {
      query[httpQuery] = (Array.isArray(given) ? given : [given]).map(toText);
    }
  }
  return query;
}

/** A member is its type alone, or its type and what is said of it. */
function traitsOf(member: unknown): { readonly httpQuery?: string } {
  const traits = Array.isArray(member) ? member[1] : undefined;
  return typeof traits === 'object' && traits !== null ? traits : {};
}

function toText(value: unknown): string {
  if (value instanceof Date) {
    throw new TypeError('A time in a query is not translated.');
  }
  return String(value);
}
