import { describe, expect, test } from '@jest/globals';
import { ROUTES, type Route, type Scope } from '../../infra/routes.ts';
import { tokenWith } from '../http/events.ts';
import {
  ACCOUNT,
  type Api,
  type ApiOptions,
  type Call,
  createRegisteredApi,
  expectProblem,
} from './api-harness.ts';
import { bounceFor } from './notifications.ts';

const ADA = 'ada@example.com';
const SCOPES = [...new Set(ROUTES.flatMap(({ scope }) => scope ?? []))];
const BODIES: Readonly<Record<string, unknown>> = {
  'PUT administer': {},
  'POST import-suppressions': { rows: [{ address: ADA }] },
  'POST correct-suppressions': { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' },
  'POST filter-recipients': { recipients: [ADA] },
  'POST unbounce': { confirmedValid: true },
};

/** A route of one account, which asks for a scope. */
interface AccountRoute extends Route {
  readonly scope: Scope;
}

const routes = ROUTES.filter((route): route is AccountRoute => route.path.includes('{account}')).map(
  (route) => [routeKeyOf(route), route] as const,
);

function routeKeyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** A call of a route that is fine in everything but who calls. */
function callOf({ method, function: name }: Route, authorizer: unknown): Call {
  const body = BODIES[`${method} ${name}`];
  return { address: ADA, campaign: 'spring', query: { outcome: 'bounced' }, body, authorizer };
}

async function apiWithBouncedAda(options: ApiOptions = {}): Promise<Api> {
  const api = await createRegisteredApi(options);
  await api.record(bounceFor('policy', ADA));
  return api;
}

describe.each(routes)('%s', (routeKey, route) => {
  const token = (claims: Record<string, unknown>) => callOf(route, tokenWith(claims));
  const otherScopes = SCOPES.filter((scope) => scope !== route.scope).join(' ');

  test.each<[string, unknown]>([
    ['no authorizer', null],
    ['an empty one', {}],
    ['one of another kind', { lambda: { userArn: 'arn:x' }, principalId: 'anna' }],
    ['a signer without a name', { iam: { accountId: '111122223333' } }],
    ['a token without a subject', { jwt: { claims: { scope: SCOPES.join(' '), account: ACCOUNT } } }],
    ['claims that are text', { jwt: { claims: 'sub=anna' } }],
  ])('refuses a call with %s', async (_, authorizer) => {
    const api = await apiWithBouncedAda();
    expectProblem(await api.call(routeKey, callOf(route, authorizer)), { status: 403, code: 'no_identity' });
  });

  test('lets a signed call through, which IAM has judged', async () => {
    const api = await apiWithBouncedAda();
    expect((await api.call(routeKey, callOf(route, undefined))).status).toBe(200);
  });

  test('lets a token through that carries its scope and names its account', async () => {
    const api = await apiWithBouncedAda();
    expect((await api.call(routeKey, token({ scope: route.scope, account: ACCOUNT }))).status).toBe(200);
  });

  test.each<[string, Record<string, unknown>]>([
    ['all scopes but its own', { scope: otherScopes, account: ACCOUNT }],
    ['no scope', { account: ACCOUNT }],
    ['its scope in capitals', { scope: route.scope.toUpperCase(), account: ACCOUNT }],
    ['a longer scope', { scope: `${route.scope}s`, account: ACCOUNT }],
  ])('refuses a token with %s', async (_, claims) => {
    const api = await apiWithBouncedAda();
    const reply = await api.call(routeKey, token(claims));
    expectProblem(reply, { status: 403, code: 'forbidden' });
    expect(reply.body.detail).toContain(`"${route.scope}"`);
  });

  test.each<[string, string | undefined]>([
    ['another account', 'other'],
    ['the account in capitals', 'ACME'],
    ['no account', undefined],
    ['several accounts', `${ACCOUNT} other`],
  ])('lets a token of %s through for the operator alone', async (_, account) => {
    const api = await apiWithBouncedAda();
    const own = await api.call(routeKey, token({ scope: route.scope, account }));
    expect(own.status).toBe(route.scope === 'operator' ? 200 : 403);
    const operators = await api.call(routeKey, token({ scope: `operator ${route.scope}`, account }));
    expect(operators.status).toBe(200);
  });

  test('reads a token as the issuer writes it: fixed account, prefix before the scope', async () => {
    const callerOptions = { accountClaim: null, account: ACCOUNT, scopePrefix: 'rebound/' };
    const api = await apiWithBouncedAda({ callerOptions });
    expect((await api.call(routeKey, token({ scope: `rebound/${route.scope}` }))).status).toBe(200);
    expect((await api.call(routeKey, token({ scope: route.scope }))).status).toBe(403);
  });

  test.each(['a#b', 'a b', '', 'x'.repeat(65), 'a/b', 'j\u00f6rg', '..', 'a\nb'])(
    'refuses the account id %j',
    async (account) => {
      const api = await apiWithBouncedAda();
      const reply = await api.call(routeKey, { ...callOf(route, undefined), account });
      expectProblem(reply, { status: 400, code: 'invalid_account_id' });
    },
  );

  test('asks who calls before it says anything of the request', async () => {
    const api = await apiWithBouncedAda();
    const wrong = { account: 'a#b', address: 'nobody', body: '{', authorizer: null };
    expectProblem(await api.call(routeKey, wrong), { status: 403, code: 'no_identity' });
  });
});

test('where no scope is asked for, any identity will do, and none will not', async () => {
  const api = await createRegisteredApi();
  const open = ROUTES.filter(({ scope }) => scope === null).map(routeKeyOf);
  expect(open).toEqual(['GET /v1/openapi.json']);
  for (const routeKey of open) {
    expect((await api.call(routeKey, { authorizer: tokenWith({}) })).status).toBe(200);
    expectProblem(await api.call(routeKey, { authorizer: null }), { status: 403, code: 'no_identity' });
  }
});

test('a refused caller has changed nothing', async () => {
  const api = await apiWithBouncedAda();
  for (const [routeKey, route] of routes) {
    await api.call(routeKey, callOf(route, null));
    await api.call(routeKey, callOf(route, tokenWith({ scope: route.scope.slice(1), account: ACCOUNT })));
  }
  expect(api.twin.ledger).toEqual([]);
  expect((await api.filter([ADA])).body.send).toEqual([]);
});
