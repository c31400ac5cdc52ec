import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Gateway, openGateway } from '../../local/gateway.ts';
import { StartError } from '../../local/start-error.ts';

const ROUTES = [{ key: 'POST /v1/accounts/{account}', functionArn: 'arn:administer' }];
let gateway: Gateway;

beforeEach(async () => {
  gateway = await openGateway(0);
});

afterEach(() => gateway.stop());

function serve(invoke: (event: unknown) => Promise<unknown>): void {
  gateway.serve({ routes: ROUTES, invoke: (_, event) => invoke(event) });
}

async function post(path: string, body: string | Buffer = '{}') {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${gateway.url}${path}`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}

describe('the gateway', () => {
  test('gives the function the event and the caller its answer', async () => {
    const invoke = jest.fn(async (_event: unknown) => ({ statusCode: 201, body: '{"done":true}' }));
    serve(invoke);
    expect(await post('/v1/accounts/a%40b', '{"contacts":3}')).toEqual({ status: 201, body: { done: true } });
    expect(invoke).toHaveBeenCalledWith(
      expect.objectContaining({ pathParameters: { account: 'a@b' }, body: '{"contacts":3}' }),
    );
  });

  test.each([
    ['an unknown route', '/v1/other', 404, 'Not Found'],
    ['a path that cannot be decoded', '/v1/accounts/50%off', 400, 'Bad Request'],
  ])('answers itself for %s', async (_, path, status, message) => {
    serve(async () => ({}));
    expect(await post(path)).toEqual({ status, body: { message } });
  });

  test('takes a body of 10 MB and refuses one byte more', async () => {
    serve(async () => ({ statusCode: 200, body: '{}' }));
    const most = Buffer.alloc(10 * 1024 * 1024, ' ');
    expect((await post('/v1/accounts/a', most)).status).toBe(200);
    expect(await post('/v1/accounts/a', Buffer.concat([most, Buffer.from(' ')]))).toEqual({
      status: 413,
      body: { message: 'Request Entity Too Large' },
    });
  });

  test('answers 500 when the function fails', async () => {
    serve(() => Promise.reject(new Error('boom')));
    expect(await post('/v1/accounts/a')).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
  });

  test('answers 503 until the stack is up', async () => {
    expect(await post('/v1/accounts/a')).toEqual({ status: 503, body: { message: 'Service Unavailable' } });
  });

  test('lives on when a caller hangs up in the middle of a body', async () => {
    serve(async () => ({ statusCode: 200, body: '{}' }));
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write('POST /v1/accounts/a HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    expect((await post('/v1/accounts/a')).status).toBe(200);
  });

  test('says in one line that its port is taken', async () => {
    const port = Number(new URL(gateway.url).port);
    const second = openGateway(port);
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(
      `Port ${port} is in use. Choose another, PORT=${port + 1} npm start; PORT=0 takes any.`,
    );
  });
});

describe('a function that does not answer', () => {
  test('is given up after 30 s with 503', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    try {
      let isInvoked = () => {};
      const invoked = new Promise<void>((resolve) => {
        isInvoked = resolve;
      });
      serve(() => {
        isInvoked();
        return new Promise(() => {});
      });
      const answered = post('/v1/accounts/a');
      await invoked;
      jest.advanceTimersByTime(30_000);
      expect(await answered).toEqual({ status: 503, body: { message: 'Service Unavailable' } });
    } finally {
      jest.useRealTimers();
    }
  });
});
