import { type RetryResolvedConfig, retryMiddleware, StandardRetryStrategy } from '@smithy/core/retry';
import { HttpRequest, type HttpResponse } from '@smithy/core/transport';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import type { HandlerExecutionContext, HttpHandlerOptions, MetadataBearer } from '@smithy/types';
import type { Instant } from '../policy/time.ts';
import { createSigner, type Query, type SignerOptions } from './signer.ts';

export interface ServiceOptions extends SignerOptions {
  readonly endpoint: string;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandlerOptions;
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

/** The members of the answer's JSON. */
export type ServiceOutput = MetadataBearer & Record<string, unknown>;
export type SignedCaller = (call: SignedCall, options?: HttpHandlerOptions) => Promise<ServiceOutput>;

/**
 * Creates what calls one AWS service that speaks JSON. Retries, connections and timeouts are the SDK's, with
 * nothing in between: no search for regions, endpoints or credentials, no schemas.
 * Throws what the service refuses under the name of its error, with the members of its body.
 */
export function createSignedCaller(options: ServiceOptions): SignedCaller {
  const { protocol, hostname, port, host } = new URL(options.endpoint);
  const { maxAttempts, clock } = options;
  const place = { protocol, hostname, ...(port !== '' && { port: Number(port) }) };
  const http = new NodeHttpHandler(options.requestHandler);
  const sign = createSigner(options);
  const strategy = new StandardRetryStrategy({ maxAttempts });
  const withRetries = retryMiddleware({
    maxAttempts: async () => maxAttempts,
    retryStrategy: async () => strategy,
  } satisfies RetryResolvedConfig);

  return async ({ headers, ...call }, handlerOptions = {}) => {
    const unsigned = { ...call, headers: { ...headers, host } };
    // The retries add headers to this one: the try, and an id that all tries have in common.
    const request = new HttpRequest({ ...place, ...call });
    const attempt = async () => {
      const signed = { ...request.headers, ...sign(unsigned, clock()) };
      const { response } = await http.handle(
        new HttpRequest({ ...request, headers: signed }),
        handlerOptions,
      );
      return { response, output: readAnswer(response, await readText(response.body)) };
    };
    const context = { __smithy_context: { abortSignal: handlerOptions.abortSignal } };
    const { output } = await withRetries(
      attempt,
      context as HandlerExecutionContext,
    )({ input: call, request });
    return output;
  };
}

function readAnswer({ statusCode, headers }: HttpResponse, text: string): ServiceOutput {
  const $metadata = { httpStatusCode: statusCode };
  if (statusCode < 300) {
    return Object.assign(text === '' ? {} : JSON.parse(text), { $metadata });
  }
  const { __type, message = `The service answered ${statusCode}.`, ...members } = readFault(text);
  const name = errorName(headers['x-amzn-errortype'] ?? __type ?? 'UnknownError');
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

function readText(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (piece: string) => {
      text += piece;
    });
    stream.on('end', () => resolve(text));
    stream.on('error', reject);
  });
}
