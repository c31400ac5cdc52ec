import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';

export interface SenderOptions {
  /** The most connections at once; further requests wait for one. */
  readonly maxSockets: number;
  readonly connectionTimeoutInMs: number;
  /** From when a request has its connection, open or not yet, until the last of its answer. */
  readonly requestTimeoutInMs: number;
}

export interface HttpCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly abortSignal: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export type HttpSender = (call: HttpCall) => Promise<HttpAnswer>;

/** No answer in time; named as the SDK names it, so that its retries know it for a passing fault. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Creates what sends requests to one place, over connections that are kept open: what is left of an HTTP client
 * where there are texts only.
 */
export function createHttpSender(endpoint: URL, options: SenderOptions): HttpSender {
  const { Agent, request } = endpoint.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: options.maxSockets });
  const { hostname, port } = urlToHttpOptions(endpoint);
  const { connectionTimeoutInMs, requestTimeoutInMs } = options;

  return ({ method, path, headers, body, abortSignal }) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        { agent, hostname, port, method, path, headers, ...(abortSignal && { signal: abortSignal }) },
        (incoming) => {
          readText(incoming).then((text) => settle(() => resolve(answerOf(incoming, text))), fail);
        },
      );
      const giveUpAfter = (timeInMs: number, what: string) =>
        setTimeout(() => outgoing.destroy(new TimeoutError(`${what} within ${timeInMs} ms.`)), timeInMs);
      let timer: NodeJS.Timeout | undefined;
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        finish();
      };
      const fail = (error: unknown) => settle(() => reject(error));
      outgoing.once('socket', (socket) => {
        timer = giveUpAfter(requestTimeoutInMs, 'There was no answer');
        if (socket.connecting) {
          const connecting = giveUpAfter(connectionTimeoutInMs, 'There was no connection');
          socket.once('connect', () => clearTimeout(connecting));
          outgoing.once('close', () => clearTimeout(connecting));
        }
      });
      outgoing.on('error', fail);
      outgoing.end(body);
    });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, text: string): HttpAnswer {
  return { statusCode, headers, text };
}

function readText(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => resolve(Buffer.concat(pieces).toString()));
    incoming.on('error', reject);
  });
}
