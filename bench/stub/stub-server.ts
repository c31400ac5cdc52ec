import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:tls';
import { type Certificate, createCertificate } from './certificate.ts';

/** One call of the DynamoDB API: the operation, `BatchGetItem`, and its body. */
export interface StubCall {
  readonly operation: string;
  readonly body: string;
}

export interface StubServer {
  readonly endpoint: string;
  readonly certificate: Certificate;
  /** From now on every answer waits so long. */
  delayInMs: number;
  close(): void;
}

const END_OF_HEADERS = '\r\n\r\n';

/**
 * A DynamoDB on 127.0.0.1 that answers from a function, over TLS on raw sockets: no HTTP server stands between,
 * so that the stub costs as little as possible of what is measured.
 */
export async function startStub(answer: (call: StubCall) => string): Promise<StubServer> {
  const certificate = createCertificate();
  const sockets = new Set<Socket>();
  const server = createServer(certificate, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.setNoDelay(true);
    readCalls(socket, (call) => reply(socket, answer(call), stub.delayInMs));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stub = {
    endpoint: `https://127.0.0.1:${port}`,
    certificate,
    delayInMs: 0,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return stub;
}

/** Requests come one after the other on a connection, in whatever pieces; bodies are ASCII. */
function readCalls(socket: Socket, onCall: (call: StubCall) => void): void {
  let received = '';
  let end = -1;
  let wanted = 0;
  socket.setEncoding('latin1');
  socket.on('data', (piece: string) => {
    received += piece;
    if (end === -1) {
      end = received.indexOf(END_OF_HEADERS);
      if (end === -1) return;
      wanted = end + END_OF_HEADERS.length + Number(headerOf(received, 'content-length') ?? 0);
    }
    if (received.length < wanted) return;
    const [, operation = ''] = (headerOf(received, 'x-amz-target') ?? '').split('.');
    const body = received.slice(end + END_OF_HEADERS.length, wanted);
    received = received.slice(wanted);
    end = -1;
    onCall({ operation, body });
  });
}

function headerOf(request: string, name: string): string | undefined {
  return new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(request)?.[1];
}

function reply(socket: Socket, body: string, delayInMs: number): void {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: ${body.length}\r\nx-amzn-RequestId: STUB\r\n\r\n`;
  if (delayInMs === 0) socket.write(head + body, 'latin1');
  else setTimeout(() => socket.write(head + body, 'latin1'), delayInMs);
}
