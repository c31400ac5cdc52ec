import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Console } from './console/serve-console.ts';
import { type GatewayAnswer, gatewayMessage, toGatewayAnswer } from './gateway-answer.ts';
import { toGatewayEvent, toGatewayRequest } from './gateway-event.ts';
import { decodePath, matchRoute, type Route } from './route.ts';
import { StartError } from './start-error.ts';

/** What stands behind the gateway once the stack is up. */
export interface GatewayBackend {
  readonly routes: readonly Route[];
  /** Throws when the function fails. */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  /** What stands beside the API. */
  readonly console?: Console;
}

export interface Gateway {
  readonly url: string;
  /** Until then every call is answered 503. */
  serve(backend: GatewayBackend): void;
  stop(): Promise<void>;
}

// Amazon API Gateway quotas for HTTP APIs.
const MOST_BODY_BYTES = 10 * 1024 * 1024;
const MOST_INTEGRATION_IN_MS = 30_000;

/** Opens the HTTP API on 127.0.0.1. Throws StartError when the port is taken. */
export async function openGateway(port: number): Promise<Gateway> {
  let backend: GatewayBackend | null = null;
  const server = createServer((request, response) => {
    answer(request, backend).then(
      (given) => send(response, given),
      () => send(response, gatewayMessage(500, 'Internal Server Error')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toStartError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: chosen } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${chosen}`,
    serve(given) {
      backend = given;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function toStartError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} is in use. Choose another, PORT=${port + 1} npm start; PORT=0 takes any.`,
    );
  }
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} may not be opened by this user. Set PORT.`);
  return error;
}

async function answer(message: IncomingMessage, backend: GatewayBackend | null): Promise<GatewayAnswer> {
  const receivedAt = Date.now();
  const body = await readBody(message);
  if (body === null) return gatewayMessage(413, 'Request Entity Too Large');
  if (backend === null) return gatewayMessage(503, 'Service Unavailable');
  const request = toGatewayRequest(message, body);
  const page = await backend.console?.(request);
  if (page) return page;
  const path = decodePath(request.rawPath);
  if (path === null) return gatewayMessage(400, 'Bad Request');
  const match = matchRoute(backend.routes, request.method, path);
  if (match === null) return gatewayMessage(404, 'Not Found');
  const event = toGatewayEvent(request, { path, match, requestId: randomUUID(), receivedAt });
  return withinTimeout(
    backend
      .invoke(match.route.functionArn, event)
      .then(toGatewayAnswer, () => gatewayMessage(500, 'Internal Server Error')),
  );
}

/** Null when the body is larger than the gateway takes; what came is read to its end, so that the answer arrives. */
async function readBody(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MOST_BODY_BYTES ? null : Buffer.concat(chunks);
}

function withinTimeout(answered: Promise<GatewayAnswer>): Promise<GatewayAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve(gatewayMessage(503, 'Service Unavailable')),
      MOST_INTEGRATION_IN_MS,
    );
    answered.then((given) => {
      clearTimeout(timer);
      resolve(given);
    });
  });
}

function send(response: ServerResponse, { status, headers, body }: GatewayAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status, { 'content-length': body.length, 'apigw-requestid': randomUUID() });
  response.end(body);
}
