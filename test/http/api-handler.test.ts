import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ApiRoute, createApiHandler } from '../../lib/http/api-handler.ts';
import { ProblemError, problem } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { apiEvent, tokenWith } from './events.ts';

const NOW = Date.UTC(2026, 10, 4, 12);
const ROUTE = 'POST /v1/accounts/{account}/things';
const OWNED = 'DELETE /v1/things';
const KNOWN_STATUSES = [200, 400, 403, 404, 413];

function setUp(handle: ApiRoute['handle'], remainingInMs = 29_000) {
  const telemetry = createWatchedTelemetry();
  const handler = createApiHandler({
    routes: { [ROUTE]: { scope: 'suppressions:read', handle }, [OWNED]: { scope: 'operator', handle } },
    clock: () => NOW,
    telemetry,
    callerOptions: { accountClaim: 'account', account: null, scopePrefix: '' },
  });
  const call = async (event: unknown) => {
    const result = await handler(event, { getRemainingTimeInMillis: () => remainingInMs });
    return { ...result, json: JSON.parse(result.body ?? '') };
  };
  return { call, telemetry };
}

const echo = async (request: ApiRequest) => ({ status: 200, body: { body: request.readBody() ?? null } });
const fails = (error: unknown) => async () => {
  throw error;
};

describe('a request that is fine', () => {
  test('is answered as JSON that nobody keeps', async () => {
    const { call, telemetry } = setUp(echo);
    const result = await call(apiEvent({ body: '{"a":1}' }));
    expect(result).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: '{"body":{"a":1}}',
    });
    expect(telemetry.counted('Request', { Status: '200' })).toBe(1);
  });

  test('reaches its route with caller, account, time and deadline', async () => {
    const seen: ApiRequest[] = [];
    const { call } = setUp(async (request) => {
      seen.push(request);
      return { status: 200, body: null };
    });
    await call(apiEvent());
    expect(seen).toMatchObject([
      {
        id: 'request-1',
        account: 'acme',
        caller: { actor: 'arn:aws:iam::111122223333:role/app' },
        receivedAt: NOW,
        deadlineAt: NOW + 20_000,
      },
    ]);
  });

  test('has no more time than the function has left', async () => {
    const { call } = setUp(async ({ deadlineAt }) => ({ status: 200, body: { deadlineAt } }), 10_000);
    expect((await call(apiEvent())).json).toEqual({ deadlineAt: NOW + 7_000 });
  });

  test('keeps the headers of its answer', async () => {
    const { call } = setUp(async () => ({ status: 201, body: {}, headers: { location: '/x' } }));
    expect(await call(apiEvent())).toMatchObject({ statusCode: 201, headers: { location: '/x' } });
  });
});

describe('a request that is not', () => {
  const foreign = tokenWith({ scope: 'suppressions:read', account: 'other' });
  test.each<[string, Record<string, unknown>, ApiRoute['handle'], number, string]>([
    ['an unknown route', { routeKey: '$default' }, echo, 404, 'not_found'],
    ['a route that every object has', { routeKey: 'constructor' }, echo, 404, 'not_found'],
    ['no identity', { authorizer: null }, echo, 403, 'no_identity'],
    ["another account's token", { authorizer: foreign }, echo, 403, 'forbidden'],
    ['a token without the scope', { routeKey: OWNED, authorizer: foreign }, echo, 403, 'forbidden'],
    ['an account id with #', { pathParameters: { account: 'a#b' } }, echo, 400, 'invalid_account_id'],
    [
      'an account id too long',
      { pathParameters: { account: 'a'.repeat(65) } },
      echo,
      400,
      'invalid_account_id',
    ],
    ['no account id', { pathParameters: {} }, echo, 400, 'invalid_account_id'],
    ['a body that is no JSON', { body: '{' }, echo, 400, 'body_not_json'],
    [
      'a route that refuses',
      {},
      async () => problem('unknown_account', 'Register it.'),
      404,
      'unknown_account',
    ],
    [
      'a route that stops reading',
      {},
      fails(new ProblemError('invalid_campaign', 'No.')),
      400,
      'invalid_campaign',
    ],
    [
      'an answer too large',
      {},
      async () => ({ status: 200, body: 'x'.repeat(5_500_000) }),
      413,
      'split_the_call',
    ],
    [
      'an answer too large by its quotes',
      {},
      async () => ({ status: 200, body: '"'.repeat(2_000_000) }),
      413,
      'split_the_call',
    ],
    ['a store that does not answer', {}, fails(new UnavailableError('busy')), 503, 'try_again'],
    ['a fault of ours', {}, fails(new TypeError('secret')), 500, 'internal'],
    ['something thrown that is no error', {}, fails(undefined), 500, 'internal'],
    ['an answer that is no JSON', {}, async () => ({ status: 200, body: 1n }), 500, 'internal'],
  ])('%s', async (_, changes, handle, status, code) => {
    const { call, telemetry } = setUp(handle);
    const result = await call(apiEvent(changes));
    expect(result).toMatchObject({
      statusCode: status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      json: { type: `urn:rebound:problem:${code}`, status, code },
    });
    expect(telemetry.counted('Request', { Status: String(status) })).toBe(1);
  });

  test('is told when to come back', async () => {
    const { call, telemetry } = setUp(fails(new UnavailableError('busy', { retryAfterInSeconds: 7 })));
    expect(await call(apiEvent())).toMatchObject({ headers: { 'retry-after': '7' } });
    expect(telemetry.events).toMatchObject([
      { level: 'warn', event: 'request_unavailable', fields: { requestId: 'request-1', error: 'busy' } },
    ]);
  });

  test('never shows what failed inside, which the log does', async () => {
    const { call, telemetry } = setUp(fails(new TypeError('secret')));
    const { body } = await call(apiEvent());
    expect(body).not.toMatch(/secret|TypeError|\.ts/);
    expect(body).toContain('request-1');
    expect(telemetry.events).toMatchObject([
      { level: 'error', event: 'request_failed', fields: { requestId: 'request-1', route: ROUTE } },
    ]);
    expect(telemetry.events[0]?.fields['error']).toMatch(/TypeError: secret/);
  });
});

test('whatever the event, the answer is one of those in the book', async () => {
  const anything = fc.anything({ withNullPrototype: true, withBigInt: true });
  const wild = fc.record(
    {
      routeKey: fc.constantFrom(ROUTE, OWNED, '$default', '__proto__'),
      pathParameters: fc.oneof(anything, fc.record({ account: fc.oneof(fc.constant('acme'), anything) })),
      queryStringParameters: anything,
      headers: anything,
      body: fc.oneof(anything, fc.json(), fc.string()),
      isBase64Encoded: fc.oneof(fc.boolean(), anything),
      requestContext: fc.oneof(anything, fc.constant(apiEvent()['requestContext'])),
    },
    { requiredKeys: [] },
  );
  const { call } = setUp(echo);
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, wild), async (event) => {
      expect(KNOWN_STATUSES).toContain((await call(event)).statusCode);
    }),
    { seed: 20_261_104, numRuns: 3_000 },
  );
});
