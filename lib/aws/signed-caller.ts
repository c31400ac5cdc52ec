import { type RetryResolvedConfig, retryMiddleware, StandardRetryStrategy } from '@smithy/core/retry';
import type { HandlerExecutionContext, MetadataBearer } from '@smithy/types';
import type { Instant } from '../policy/time.ts';
import { createHttpSender, type HttpAnswer, type SenderOptions } from './http-sender.ts';
import { createSigner, encodeQuery, type Query, type SignerOptions } from './signer.ts';

export interface ServiceOptions extends SignerOptions {
  readonly endpoint: string;
  readonly maxAttempts: number;
  readonly connections: SenderOptions;
  readonly clock: () => Instant;
}

export interface SignedCall {
  readonly method: string;
  readonly path: string;
  readonly query?: Query;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

/** The members of the answer's JSON. */
export type ServiceOutput = MetadataBearer & Record<string, unknown>;
export type SignedCaller = (call: SignedCall, options?: CallOptions) => Promise<ServiceOutput>;

/**
 * Creates what calls one AWS service that speaks JSON. The retries are the SDK's; of the rest there is what is needed:
 * no search for regions, endpoints or credentials, no schemas.
 * Throws what the service refuses under the name of its error, with the members of its body.
 */
export function createSignedCaller(options: ServiceOptions): SignedCaller {
  const { maxAttempts, clock } = options;
  const endpoint = new URL(options.endpoint);
  const { host, hostname, protocol } = endpoint;
  const send = createHttpSender(endpoint, options.connections);
  const sign = createSigner(options);
  const strategy = new StandardRetryStrategy({ maxAttempts });
  const withRetries = retryMiddleware({
    maxAttempts: async () => maxAttempts,
    retryStrategy: async () => strategy,
  } satisfies RetryResolvedConfig);

  return async ({ method, path, query = {}, headers, body }, { abortSignal } = {}) => {
    const unsigned = { method, path, query, headers: { ...headers, host }, body };
    const queried = `${path}${querySuffix(query)}`;
    // The retries add headers to this one: the try, and an id that all tries have in common.
    const request = { method, protocol, hostname, path, query, headers: {}, body };
    const attempt = async () => {
      const signed = { ...request.headers, ...sign(unsigned, clock()) };
      const answer = await send({ method, path: queried, headers: signed, body, abortSignal });
      return { response: answer, output: readAnswer(answer) };
    };
    const context = { __smithy_context: { abortSignal } } as HandlerExecutionContext;
    const { output } = await withRetries(attempt, context)({ input: request, request });
    return output;
  };
}

function querySuffix(query: Query): string {
  const encoded = encodeQuery(query);
  return encoded === '' ? '' : `?${encoded}`;
}

function readAnswer({ statusCode, headers, text }: HttpAnswer): ServiceOutput {
  const $metadata = { httpStatusCode: statusCode };
  if (statusCode < 300) {
    return Object.assign(text === '' ? {} : JSON.parse(text), { $metadata });
  }
  const { __type, message = `The service answered ${statusCode}.`, ...members } = readFault(text);
  const name = errorName(String(headers['x-amzn-errortype'] ?? __type ?? 'UnknownError'));
  throw Object.assign(new Error(message), { ...members, name, $metadata });
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException`, or `NotFoundException:http://...` in a header. */
function errorName(type: string): string {
  return type.slice(type.lastIndexOf('#') + 1).replace(/:.*/, '');
}

interface Fault {
  readonly __type?: string;
  readonly message?: string;
}

/** What stands between here and the service may refuse in other words than JSON. */
function readFault(text: string): Fault {
  try {
    return JSON.parse(text) as Fault;
  } catch {
    return {};
  }
}
