import { describe, expect, test } from '@jest/globals';
import { createReboundClient, ReboundGatewayError, ReboundProblemError } from '../../client/index.ts';
import { createFakeFetch, type FakeAnswer, problemAnswer } from './fake-fetch.ts';

const TRY_AGAIN = problemAnswer({ status: 503, code: 'try_again' }, { 'retry-after': '2' });
const THROTTLED = { status: 429, body: { message: 'Too Many Requests' } };
const UNAVAILABLE = { status: 503, body: { message: 'Service Unavailable' } };
const REFUSALS = [
  { rule: 'U6', code: 'quota_exhausted', message: 'Used up.', resetsAt: '2026-12-01T00:00:00.000Z' },
];
const EXHAUSTED = problemAnswer(
  { status: 429, code: 'quota_exhausted', rule: 'U6', refusals: REFUSALS },
  { 'retry-after': '648000' },
);

/** Makes one call, and tells how it ended, how often it was tried and how long it waited. */
async function callWith(answers: readonly FakeAnswer[], signal?: AbortSignal) {
  const { fetch, sent } = createFakeFetch(...answers);
  const waitsInMs: number[] = [];
  const client = createReboundClient({
    baseUrl: 'http://127.0.0.1',
    fetch,
    retry: {
      random: () => 0.5,
      delay: async (ms) => {
        waitsInMs.push(ms);
      },
    },
  });
  const outcome: unknown = await client
    .unbounce('ada@example.com', { confirmedValid: true }, signal ? { signal } : {})
    .catch((error: unknown) => error);
  return { outcome, sent, waitsInMs };
}

describe('a problem', () => {
  test('is an error with code, rule and refusals', async () => {
    const { outcome } = await callWith([EXHAUSTED]);
    expect(outcome).toBeInstanceOf(ReboundProblemError);
    expect(outcome).toMatchObject({
      name: 'ReboundProblemError',
      message: 'Do this.',
      status: 429,
      code: 'quota_exhausted',
      rule: 'U6',
      refusals: REFUSALS,
      retryAfterInSeconds: 648_000,
      problem: { title: 'A title' },
    });
  });

  test('without a rule has none, and no refusals', async () => {
    const { outcome } = await callWith([problemAnswer({ status: 404, code: 'unknown_account' })]);
    expect(outcome).toMatchObject({
      code: 'unknown_account',
      rule: null,
      refusals: [],
      retryAfterInSeconds: null,
    });
  });
});

describe('what is no problem document', () => {
  test.each<[string, FakeAnswer, number, string]>([
    ['the gateway', { status: 403, body: { message: 'Forbidden' } }, 403, 'Forbidden'],
    ['the gateway without words', { status: 403, body: { message: null } }, 403, 'answered 403'],
    [
      'a proxy',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<p>Bad</p>' },
      502,
      'answered 502',
    ],
    ['a page where an API should be', { body: '<p>Log in</p>' }, 200, 'answered 200'],
    [
      'an empty problem',
      { status: 400, headers: { 'content-type': 'application/problem+json' } },
      400,
      'answered 400',
    ],
  ])('is an error of what stands in front: %s', async (_name, answer, status, message) => {
    const { outcome, sent } = await callWith([answer]);
    expect(outcome).toBeInstanceOf(ReboundGatewayError);
    expect(outcome).toMatchObject({
      name: 'ReboundGatewayError',
      status,
      message: expect.stringContaining(message),
    });
    expect(sent).toHaveLength(1);
  });
});

describe('what passes is tried again', () => {
  test.each<[string, FakeAnswer, number[]]>([
    ['503 as long as told, and a little more', TRY_AGAIN, [2_500, 2_500]],
    ["the gateway's 503, each time longer", UNAVAILABLE, [500, 1_000]],
    ["the gateway's 429, each time longer", THROTTLED, [500, 1_000]],
    ["the gateway's 429 as told", { ...THROTTLED, headers: { 'retry-after': '1' } }, [1_500, 1_500]],
    ['a date is no number of seconds', { ...THROTTLED, headers: { 'retry-after': 'soon' } }, [500, 1_000]],
  ])('%s', async (_name, answer, waits) => {
    const { outcome, sent, waitsInMs } = await callWith([answer, answer, { body: { by: 'ada' } }]);
    expect(outcome).toEqual({ by: 'ada' });
    expect(waitsInMs).toEqual(waits);
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('five times in all', async () => {
    const { outcome, sent } = await callWith([UNAVAILABLE]);
    expect(outcome).toBeInstanceOf(ReboundGatewayError);
    expect(sent).toHaveLength(5);
  });

  test('never when the wait would be too long', async () => {
    const { outcome, waitsInMs } = await callWith([
      problemAnswer({ status: 503, code: 'try_again' }, { 'retry-after': '3600' }),
    ]);
    expect(outcome).toMatchObject({ code: 'try_again', retryAfterInSeconds: 3600 });
    expect(waitsInMs).toEqual([]);
  });
});

describe('what does not pass is not', () => {
  test.each<[string, FakeAnswer]>([
    ['a used-up quota', EXHAUSTED],
    [
      'a used-up quota that resets in a second',
      { ...EXHAUSTED, headers: { ...EXHAUSTED.headers, 'retry-after': '1' } },
    ],
    ['a wrong request', problemAnswer({ status: 400, code: 'invalid_request' })],
    ['a fault', problemAnswer({ status: 500, code: 'internal' })],
    ["the gateway's fault", { status: 500, body: { message: 'Internal Server Error' } }],
    ['no token', { status: 401, body: { message: 'Unauthorized' } }],
  ])('%s', async (_name, answer) => {
    const { outcome, sent } = await callWith([answer]);
    expect(outcome).toMatchObject({ status: answer.status });
    expect(sent).toHaveLength(1);
  });

  test('what the network fails', async () => {
    const client = createReboundClient({
      baseUrl: 'http://127.0.0.1',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    await expect(client.readAccount()).rejects.toThrow('fetch failed');
  });
});

test('a wait ends when the signal says so', async () => {
  const { fetch } = createFakeFetch(TRY_AGAIN);
  const client = createReboundClient({ baseUrl: 'http://127.0.0.1', fetch });
  const controller = new AbortController();
  const call = client.readAccount({ signal: controller.signal });
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(call).rejects.toThrow('enough');
});
