import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { createHttpSender } from '../../lib/aws/http-sender.ts';

const GET = { method: 'GET', path: '/', headers: {}, body: '', abortSignal: undefined };
/** Listens, and then does nothing any more: not even take what the kernel has connected. */
const DEAF = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1', 1, () => {
    require('node:worker_threads').parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });`;

test('gives up where no connection comes about', async () => {
  const deaf = new Worker(DEAF, { eval: true });
  const [port] = (await once(deaf, 'message')) as [number];
  const waiting = Array.from({ length: 8 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  try {
    await once(waiting[0] as net.Socket, 'connect');
    const send = createHttpSender(new URL(`http://127.0.0.1:${port}`), {
      maxSockets: 1,
      connectionTimeoutInMs: 100,
      requestTimeoutInMs: 10_000,
    });
    await expect(send(GET)).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'There was no connection within 100 ms.',
    });
  } finally {
    for (const socket of waiting) socket.destroy();
    await deaf.terminate();
  }
});

test('reaches an address of IPv6 too', async () => {
  const server = net.createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
  server.listen(0, '::1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const send = createHttpSender(new URL(`http://[::1]:${port}`), {
    maxSockets: 1,
    connectionTimeoutInMs: 1_000,
    requestTimeoutInMs: 1_000,
  });
  expect(await send(GET)).toMatchObject({ statusCode: 200, text: 'ok' });
  server.close();
});

test('gives a request its whole time from when it has a connection', async () => {
  let requests = 0;
  const server = http.createServer((_, answer) => {
    requests += 1;
    if (requests > 1) answer.end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const send = createHttpSender(new URL(`http://127.0.0.1:${port}`), {
    maxSockets: 1,
    connectionTimeoutInMs: 2_000,
    requestTimeoutInMs: 2_000,
  });
  try {
    const [unanswered, behindIt] = await Promise.allSettled([send(GET), send(GET)]);
    expect(unanswered).toMatchObject({ reason: { message: 'There was no answer within 2000 ms.' } });
    expect(behindIt).toMatchObject({ value: { text: 'ok' } });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
