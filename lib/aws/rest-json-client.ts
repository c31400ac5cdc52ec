import type { HttpHandlerOptions } from '@smithy/types';
import { createSignedCaller, type ServiceOptions } from './signed-caller.ts';
import { encodeSegment } from './signer.ts';

/** A command of the SDK, as far as it is looked at. */
interface RestCommand {
  readonly input: object;
  /** Its fourth member says how the operation is called. */
  readonly schema?: unknown;
}
interface OperationTraits {
  readonly http: readonly [method: string, path: string, status: number];
}

/**
 * Creates what takes the commands of the SDK's own client of a service that speaks REST with JSON, in its place: an
 * input's members go into the path where that names them, the others into the body. Queries are not translated, and
 * times stay numbers. Source: Smithy 2.0, "AWS restJson1 protocol".
 */
export function createRestJsonClient<Client extends { send: unknown }>(
  options: ServiceOptions,
): Pick<Client, 'send'> {
  const call = createSignedCaller(options);
  const send = (command: RestCommand, handlerOptions?: HttpHandlerOptions) => {
    const { http } = (command.schema as readonly unknown[])[3] as OperationTraits;
    const [method, template] = http;
    const rest = new Map<string, unknown>(Object.entries(command.input));
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String(rest.get(name) ?? '');
      rest.delete(name);
      return encodeSegment(value);
    });
    if (rest.size > 0 && method === 'GET') {
      throw new TypeError(`${[...rest.keys()].join()}: a query is not translated.`);
    }
    const body = rest.size === 0 ? '' : JSON.stringify(Object.fromEntries(rest));
    return call({ method, path, headers: { 'content-type': 'application/json' }, body }, handlerOptions);
  };
  return { send };
}
