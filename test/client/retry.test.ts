import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createReboundClient } from '../../client/index.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const reset: Answer = (response) => response.socket?.resetAndDestroy();
const hangUp: Answer = (response) => response.socket?.destroy();
const half: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"unbouncedAt":', () => response.socket?.destroy());
};
const granted: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"address":"ada@example.com"}');
};

/** A server that answers in turn, and the last for ever; a client that waits for nothing. */
async function connect(...answers: readonly Answer[]) {
  const keys: unknown[] = [];
  const waits: number[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    request
      .resume()
      .once('end', () => answers[Math.min(keys.length, answers.length) - 1]?.(response, request));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const delay = async (ms: number) => void waits.push(ms);
  const baseUrl = `http://127.0.0.1:${port}`;
  return { keys, waits, client: createReboundClient({ baseUrl, retry: { delay, random: () => 1 } }) };
}

const unbounce = ({ client }: Awaited<ReturnType<typeof connect>>) =>
  client.unbounce('ada@example.com', { confirmedValid: true });

describe('a connection that breaks', () => {
  test.each([
    ['before an answer', reset],
    ['when the other side hangs up', hangUp],
    ['in the middle of an answer', half],
  ])('%s is no end: the same call is made again, under the same key', async (_, broken) => {
    const connected = await connect(broken, broken, granted);
    await expect(unbounce(connected)).resolves.toMatchObject({ address: 'ada@example.com' });
    const [key] = connected.keys;
    expect(key).toEqual(expect.any(String));
    expect(connected.keys).toEqual([key, key, key]);
    expect(connected.waits).toEqual([1_000, 2_000]);
  });

  test('again and again is told after five tries', async () => {
    const connected = await connect(reset);
    await expect(unbounce(connected)).rejects.toMatchObject({ name: 'TypeError' });
    expect(connected.keys).toHaveLength(5);
  });

  test.each(['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'])(
    'is known in a browser, which says: %s',
    async (words) => {
      let calls = 0;
      const fetch = async () => {
        calls += 1;
        if (calls === 1) throw new TypeError(words);
        return Response.json({});
      };
      const retry = { delay: async () => undefined };
      await createReboundClient({ baseUrl: 'https://api.example', fetch, retry }).readAccount();
      expect(calls).toBe(2);
    },
  );
});

describe('is told at once', () => {
  const callsUntil = async (thrown: Error) => {
    let calls = 0;
    const fetch = async (): Promise<Response> => {
      calls += 1;
      throw thrown;
    };
    const retry = { delay: async () => undefined };
    const client = createReboundClient({ baseUrl: 'https://api.example', fetch, retry });
    await expect(client.readAccount()).rejects.toBe(thrown);
    return calls;
  };

  test.each([
    ['that nobody listens', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
    ['a name that is none', new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })],
    [
      'a certificate that is not to be trusted',
      new TypeError('fetch failed', { cause: { code: 'CERT_HAS_EXPIRED' } }),
    ],
    ['a call that cannot be made', new TypeError('Failed to parse URL from x')],
    ['what took too long', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
    ['a fault of the program', new RangeError('Failed to fetch')],
  ])('%s', async (_, thrown) => {
    expect(await callsUntil(thrown)).toBe(1);
  });
});
