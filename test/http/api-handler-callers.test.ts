import { describe, expect, test } from '@jest/globals';
import { createApiHandler } from '../../lib/http/api-handler.ts';
import { createMemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';
import { apiEvent, tokenWith } from './events.ts';

const OF_ACCOUNT = 'POST /v1/accounts/{account}/things';
const OF_OPERATOR = 'DELETE /v1/things';
const OF_ANYBODY = 'GET /v1/things';

function setUp() {
  const memory = createMemoryTelemetry();
  /** How many requests were written after every flush. */
  const flushed: number[] = [];
  const handle = async ({ account, caller }: { account: string; caller: { actor: string } }) => ({
    status: 200,
    body: { account, by: caller.actor },
  });
  const handler = createApiHandler({
    routes: {
      [OF_ACCOUNT]: { scope: 'suppressions:read', handle },
      [OF_OPERATOR]: { scope: 'operator', handle },
      [OF_ANYBODY]: { scope: null, handle },
    },
    clock: () => 0,
    telemetry: {
      ...memory,
      flush() {
        memory.flush();
        flushed.push(memory.counted('Request'));
      },
    },
    callerOptions: { accountClaim: 'account', account: null, scopePrefix: '' },
  });
  const call = async (changes: Record<string, unknown>) => {
    const result = await handler(apiEvent(changes), { getRemainingTimeInMillis: () => 29_000 });
    return { status: result.statusCode, body: JSON.parse(result.body ?? '') };
  };
  return { call, flushed };
}

describe('a token', () => {
  const noAccount = { pathParameters: {} };
  test.each([
    [
      'of the account in the path goes on to its route',
      { authorizer: tokenWith({ scope: 'suppressions:read', account: 'acme' }) },
      { account: 'acme', by: 'user-1' },
    ],
    [
      'of an operator goes on where the route names no account',
      { ...noAccount, routeKey: OF_OPERATOR, authorizer: tokenWith({ scope: 'operator' }) },
      { account: '', by: 'user-1' },
    ],
    [
      'with nothing goes on where any identity will do',
      { ...noAccount, routeKey: OF_ANYBODY, authorizer: tokenWith({}) },
      { account: '', by: 'user-1' },
    ],
  ])('%s', async (_, changes, body) => {
    expect(await setUp().call(changes)).toEqual({ status: 200, body });
  });

  test.each([
    ['no such route', { routeKey: 'GET /v1/nothing' }, 'Check the method and the path of the request.'],
    [
      'a step up in its path',
      { rawPath: '/v1/accounts/acme/x/../things' },
      'Check the method and the path of the request.',
    ],
    [
      'no account id',
      { pathParameters: { account: 'a#b' } },
      'An account id is 1 to 64 letters, digits, "_" and "-".',
    ],
  ])('is told what is wrong: %s', async (_, changes, detail) => {
    expect((await setUp().call(changes)).body.detail).toBe(detail);
  });
});

test('what was counted is sent once, when the request has been', async () => {
  const { call, flushed } = setUp();
  await call({});
  expect(flushed).toEqual([1]);
});
