import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * What the service does with one request: `silence` never answers, `hang_up` ends the connection, `stall` and `break_off`
 * do so in the middle of an answer.
 */
export type Scene =
  | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
  | 'silence'
  | 'hang_up'
  | 'stall'
  | 'break_off';

export interface ScriptedService {
  readonly endpoint: string;
  readonly received: readonly Received[];
  close(): void;
}

/** A service on this machine that plays its scenes one after the other, the last one again and again. */
export async function openService(...scenes: readonly Scene[]): Promise<ScriptedService> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method = '', url: path = '', headers } = request;
    const scene = scenes[Math.min(received.length, scenes.length - 1)];
    received.push({ method, path, headers, body: Buffer.concat(pieces).toString() });
    if (scene === 'hang_up') request.socket.destroy();
    else if (typeof scene === 'object') response.writeHead(scene.status, scene.headers).end(scene.body);
    else if (scene !== 'silence') response.writeHead(200, { 'content-length': 100 }).write('{"Item":');
    if (scene === 'break_off') setImmediate(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
