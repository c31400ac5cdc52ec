import {
  type CallOptions,
  createSignedCaller,
  type ServiceOptions,
  type ServiceOutput,
} from './signed-caller.ts';

export interface JsonRpcOptions extends ServiceOptions {
  /** What stands before the operation in the header `x-amz-target`: `DynamoDB_20120810`. */
  readonly targetPrefix: string;
  /** Of the protocol; 1.0 unless the service asks for the other. */
  readonly jsonVersion?: '1.0' | '1.1';
}

/** Calls an operation by its name. */
export type JsonRpcCaller = (
  operation: string,
  input: unknown,
  options?: CallOptions,
) => Promise<ServiceOutput>;

/** A command of the SDK, as far as it is looked at. */
interface RpcCommand {
  readonly input: unknown;
  /** Its third member is the name of the operation. */
  readonly schema?: unknown;
}

/**
 * Creates what calls a service that speaks AWS JSON: the input is the body, the body of the answer the output.
 * Blobs are not translated; Rebound stores none. Source: Smithy 2.0, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol".
 */
export function createJsonRpcCaller(options: JsonRpcOptions): JsonRpcCaller {
  const call = createSignedCaller(options);
  const { targetPrefix, jsonVersion = '1.0' } = options;
  return (operation, input, callOptions) => {
    const body = JSON.stringify(input);
    const headers = {
      'content-type': `application/x-amz-json-${jsonVersion}`,
      'x-amz-target': `${targetPrefix}.${operation}`,
    };
    return call({ method: 'POST', path: '/', headers, body }, callOptions);
  };
}

/** Creates what takes the commands of the SDK's own client of such a service, in its place. */
export function createJsonRpcClient<Client extends { send: unknown }>(
  options: JsonRpcOptions,
): Pick<Client, 'send'> {
  const call = createJsonRpcCaller(options);
  const send = ({ schema, input }: RpcCommand, callOptions?: CallOptions) =>
    call((schema as readonly string[])[2] ?? '', input, callOptions);
  return { send };
}
