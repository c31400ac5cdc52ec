import { readJson, readTextPage, type TextPage } from './answer.ts';
import { OPERATIONS, type Operations } from './contract.ts';
import { fillPath } from './path.ts';
import { RETRIES, type RetryOptions, withRetries } from './retry.ts';

export type OperationName = keyof Operations;

export interface ReboundClientOptions {
  /** Where the API is: an output of the stack, or `apiUrl` in `.rebound/local.json`. */
  readonly baseUrl: string;
  /** Whom calls are about when they name nobody; `default` without it. */
  readonly account?: string;
  /** A bearer token, or what gives one for each try. */
  readonly token?: string | (() => string | Promise<string>);
  /** Signs each try: `createAwsSigner()`. Without a token or a signature only the local stack answers. */
  readonly sign?: Sign;
  readonly fetch?: typeof globalThis.fetch;
  /** For one try. */
  readonly timeoutInMs?: number;
  readonly retry?: Partial<RetryOptions>;
}

/** A request before it goes out. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The headers of the request with its signature. */
export type Sign = (request: UnsignedRequest) => Promise<Readonly<Record<string, string>>>;

export interface Call<Name extends OperationName> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Operations[Name]['query'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Operations[Name]['body'];
  readonly signal?: AbortSignal | undefined;
}

/** Carries out an operation, whichever it is. */
export interface Sender {
  send<Name extends OperationName>(name: Name, call: Call<Name>): Promise<Operations[Name]['answer']>;
  /** A page of a list in another format than JSON. */
  sendForText<Name extends OperationName>(name: Name, call: Call<Name>, type: string): Promise<TextPage>;
}

/** The gateway gives up after 30 s. */
const TIMEOUT_IN_MS = 40_000;

export function createSender(options: ReboundClientOptions): Sender {
  const retry = { ...RETRIES, ...options.retry };
  function carryOut<Name extends OperationName, T>(
    name: Name,
    call: Call<Name>,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const request = toRequest(name, call, options);
    const attempt = async () => await read(await fetchOnce(request, call.signal, options));
    return withRetries(attempt, retry, call.signal);
  }
  return {
    send: async <Name extends OperationName>(name: Name, call: Call<Name>) =>
      (await carryOut(name, call, readJson)) as Operations[Name]['answer'],
    sendForText: async (name, call, type) =>
      await carryOut(
        name,
        { ...call, headers: { accept: `${type}, application/problem+json` } },
        (response) => readTextPage(response, type),
      ),
  };
}

function toRequest<Name extends OperationName>(
  name: Name,
  { path = {}, query = {}, headers = {}, body }: Call<Name>,
  { baseUrl, account = 'default' }: ReboundClientOptions,
): UnsignedRequest {
  const { method, path: template } = OPERATIONS[name];
  return {
    method,
    url: `${baseUrl.replace(/\/+$/, '')}${fillPath(template, { account, ...path })}${queryOf(query)}`,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

async function fetchOnce(
  request: UnsignedRequest,
  signal: AbortSignal | undefined,
  { fetch = globalThis.fetch, timeoutInMs = TIMEOUT_IN_MS, ...credentials }: ReboundClientOptions,
): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutInMs);
  return await fetch(request.url, {
    method: request.method,
    headers: await withCredentials(request, credentials),
    ...(request.body !== undefined && { body: request.body }),
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
}

async function withCredentials(
  request: UnsignedRequest,
  { token, sign }: Pick<ReboundClientOptions, 'token' | 'sign'>,
): Promise<Record<string, string>> {
  if (sign !== undefined) return { ...(await sign(request)) };
  if (token === undefined) return { ...request.headers };
  const bearer = typeof token === 'string' ? token : await token();
  return { ...request.headers, authorization: `Bearer ${bearer}` };
}

function queryOf(query: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
