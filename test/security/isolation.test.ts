import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES, type Route } from '../../infra/routes.ts';
import { type Position, writeCursor } from '../../lib/http/cursor.ts';
import { isAccountId } from '../../lib/policy/account.ts';
import { signedBy, tokenWith } from '../http/events.ts';
import type { PolicyStatement } from '../support/iam.ts';
import { callerStatements } from './caller-statements.ts';
import { isLetIn, routed, routeKeyOf } from './gateway-model.ts';
import { TRICKS } from './path-tricks.ts';
import { ROUTE_ROWS, type RouteRow } from './route-rows.ts';
import { gatewayAnswer, type Outcome, openSpiedStack, type Sent, type SpiedStack } from './spied-stack.ts';
import { EVERYTHING } from './stack-on-paper.ts';
import { OPERATOR, OTHERS, OWN, SECRETS, settleTenants } from './tenants.ts';
import { strangersTouched } from './touched-keys.ts';

const SENDER = 'recipients:filter suppressions:read suppressions:unbounce';
const MALFORMED = ['a b', 'a%23b', 'x'.repeat(65), 'j%C3%B6rg', 'a%0Ab', '%2e%2e', '*', 'acme%00', '%252e'];
const ACCOUNT_TRICKS = [
  'acme%2Frival',
  'acme%2frival',
  'acme/rival',
  'acme%2F',
  'acme%3F',
  'acme/../rival',
  'ACME',
  'acm%65',
];

/** Who calls: what the gateway hands over, and the policies by which IAM judges, if it does. */
interface Caller {
  readonly name: string;
  readonly authorizer: unknown;
  readonly statements: readonly PolicyStatement[] | null;
  readonly isOperator: boolean;
  readonly mayAs: (scope: RouteRow['scope']) => boolean;
}

const senderStatements = callerStatements('SenderPolicy', { senderAccounts: OWN });
const callers: readonly Caller[] = [
  {
    name: 'a signed call of the sender',
    authorizer: signedBy('arn:aws:sts::000000000000:assumed-role/sender/i-1'),
    statements: senderStatements,
    isOperator: false,
    mayAs: (scope) => scope !== 'operator',
  },
  {
    name: 'a token of the account with every scope of a sender',
    authorizer: tokenWith({ scope: SENDER, account: OWN }),
    statements: null,
    isOperator: false,
    mayAs: (scope) => scope !== 'operator',
  },
  {
    name: 'a token of the account without a scope',
    authorizer: tokenWith({ scope: '', account: OWN }),
    statements: null,
    isOperator: false,
    mayAs: (scope) => scope === null,
  },
  {
    name: 'a token without an account',
    authorizer: tokenWith({ scope: SENDER }),
    statements: null,
    isOperator: false,
    mayAs: (scope) => scope === null,
  },
  {
    name: 'a signed call of the operator',
    authorizer: OPERATOR,
    statements: callerStatements('OperatorPolicy'),
    isOperator: true,
    mayAs: () => true,
  },
  {
    name: 'a token of the operator',
    authorizer: tokenWith({ scope: `operator ${SENDER}`, account: 'elsewhere' }),
    statements: null,
    isOperator: true,
    mayAs: () => true,
  },
];
const NOBODY: readonly [string, unknown][] = [
  ['no authorizer', null],
  ['an empty one', {}],
  ['a signer without a name', { iam: { accountId: '000000000000' } }],
  ['claims without a subject', { jwt: { claims: { scope: `operator ${SENDER}`, account: OWN } } }],
  ['an authorizer of another kind', { lambda: { userArn: 'arn:x', sub: 'x' } }],
];

const routes = ROUTES.map((route) => [routeKeyOf(route), route] as const);
let stack: SpiedStack;
beforeAll(async () => {
  stack = await openSpiedStack(EVERYTHING);
  await settleTenants(stack);
});
afterAll(() => stack.close());

test('every route has a row that says who may', () => {
  const said = ROUTES.map((route) => [routeKeyOf(route), ROUTE_ROWS[routeKeyOf(route)]?.scope]);
  expect(said).toEqual(ROUTES.map((route) => [routeKeyOf(route), route.scope]));
});

describe.each(routes)('%s', (key, route) => {
  const row = ROUTE_ROWS[key] ?? { scope: 'operator' };
  const isOfAccounts = route.path.includes('{account}');

  test.each(callers)('answers $name', async (caller) => {
    const isOpen = !isOfAccounts && row.scope === null;
    const own = await call(caller, requestOf(route, row, OWN));
    if (caller.mayAs(row.scope) || isOpen) {
      expect([own.status, own.faults]).toEqual([row.status ?? 200, []]);
      expectOwnOnly(own, caller);
    } else {
      expectRefused(own, [403]);
    }
    if (!isOfAccounts) return;
    for (const account of OTHERS) {
      const reply = await call(caller, requestOf(route, row, account));
      if (caller.isOperator) expect(reply.status).not.toBe(403);
      else expectRefused(reply, [403]);
    }
    for (const account of [...MALFORMED, ...ACCOUNT_TRICKS, '']) {
      const reply = await call(caller, requestOf(route, row, account));
      expectInBounds(reply, caller, requestOf(route, row, account));
    }
  });

  test.each(NOBODY)('refuses %s, whatever the gateway let through', async (_, authorizer) => {
    const reply = await stack.send(requestOf(route, row, OWN), authorizer);
    expectRefused(reply, [403]);
    expect(JSON.parse(reply.text).code).toBe('no_identity');
  });

  test('leads nobody astray by a trick in its path', async () => {
    for (const caller of callers.slice(0, 2)) {
      for (const trick of TRICKS) {
        for (const rawPath of trickPaths(route, trick)) {
          const reply = await call(caller, { ...requestOf(route, row, OWN), rawPath });
          expectInBounds(reply, caller, { method: route.method, rawPath });
        }
      }
    }
  });
});

/** As the gateway would: IAM first where it judges, then the route, then the function. */
async function call({ authorizer, statements }: Caller, sent: Sent): Promise<Outcome> {
  if (statements !== null && !isLetIn(statements, sent)) return gatewayAnswer(403);
  return await stack.send(sent, authorizer);
}

function requestOf({ method, path }: Route, { body, query }: RouteRow, account: string): Sent {
  const rawPath = path
    .replace('{account}', account)
    .replace('{address}', 'shared@example.com')
    .replace('{campaign}', 'spring');
  return { method, rawPath, body, ...(query !== undefined && { query }) };
}

function trickPaths({ path }: Route, trick: string): string[] {
  const own = path.replace('{account}', OWN).replace('{campaign}', 'spring');
  const filled = own.replace('{address}', 'shared@example.com');
  return [
    path.replace('{account}', trick).replace(/\{\w+\}/g, 'shared@example.com'),
    path.replace('{account}', `${OWN}${trick}`).replace(/\{\w+\}/g, 'shared@example.com'),
    own.replace('{address}', trick),
    `${filled}/${trick}`,
    `${filled}${trick}`,
    `${filled}/../../${trick}`,
    filled.replace(OWN, `${OWN}/${trick}/../rival`),
  ];
}

function expectRefused(reply: Outcome, statuses: readonly number[]): void {
  expect(statuses).toContain(reply.status);
  expect(reply.faults).toEqual([]);
  if (reply.status === 403) expect(reply.calls).toEqual([]);
}

/** A request that reaches a route of the own account may be answered; every other one is refused. */
function expectInBounds(reply: Outcome, caller: Caller, sent: Sent): void {
  const reached = routed(sent);
  const account = reached?.pathParameters['account'] ?? OWN;
  const isAllowed =
    reached !== null && caller.mayAs(reached.route.scope) && (caller.isOperator || account === OWN);
  expect([sent.rawPath, reply.status < 500, reply.faults]).toEqual([sent.rawPath, true, []]);
  if (!isAllowed) expectRefused(reply, [400, 403, 404]);
  expectOwnOnly(reply, caller);
}

/** Nothing of another account is in the answer, and none of its items was read or written. */
function expectOwnOnly({ text, calls }: Outcome, { isOperator }: Caller): void {
  if (isOperator) return;
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  expect(strangersTouched(calls, OWN)).toEqual([]);
}

describe('a cursor of another account', () => {
  const LISTS = [
    ['suppressions', 'suppressions ', ''],
    ['campaigns', 'campaigns', ''],
    ['campaigns/secret-campaign/recipients', 'recipients spring bounced ', 'outcome=bounced&'],
  ] as const;

  /** The cursor after the first row of the other account's list. */
  async function theirCursor(path: string, query: string): Promise<string> {
    const rawPath = `/v1/accounts/${OTHERS[0]}/${path}`;
    const { text } = await stack.send({ method: 'GET', rawPath, query: `${query}limit=1` }, OPERATOR);
    const { cursor } = JSON.parse(text);
    expect(cursor).toEqual(expect.any(String));
    return cursor;
  }

  test.each(LISTS)(
    'of the list %s opens nothing, nor does one that is made of it',
    async (path, list, query) => {
      const [sender] = callers as [Caller];
      const cursor = await theirCursor(path, query);
      const forged = writeCursor({ account: OWN, list }, positionIn(cursor));
      const rawPath = `/v1/accounts/${OWN}/${path.replace('secret-campaign', 'spring')}`;
      for (const one of [cursor, forged]) {
        const sent = { method: 'GET', rawPath, query: `${query}cursor=${encodeURIComponent(one)}` };
        const reply = await call(sender, sent);
        expectOwnOnly(reply, sender);
        expect([reply.status, reply.faults]).toEqual([one === forged ? expect.any(Number) : 400, []]);
        expect(reply.status).toBeLessThan(500);
      }
    },
  );
});

function positionIn(cursor: string): Position {
  return JSON.parse(Buffer.from(cursor.slice(16), 'base64url').toString('utf8'));
}

describe('what status items share', () => {
  const [sender] = callers as [Caller];
  const look = (address: string, account = OWN) =>
    call(sender, { method: 'GET', rawPath: `/v1/accounts/${account}/suppressions/${address}` });

  test('an address that bounced for others alone looks like one that nobody ever saw', async () => {
    const [theirs, nobodys] = [await look('theirs@example.com'), await look('never@example.com')];
    const blank = ({ text }: Outcome) => text.replace(/"(id|address)":"[^"]+"/g, '');
    expect(blank(theirs)).toBe(blank(nobodys));
    expect(JSON.parse(theirs.text).suppressed).toBe(false);
  });

  test('a global bounce names the layer and neither who reported it nor when', async () => {
    const reply = await look('dead2@example.com');
    const { suppressed, layers, bounces, unbounce } = JSON.parse(reply.text);
    expect([suppressed, layers.own, layers.global, bounces]).toEqual([true, 'clear', 'blocked', []]);
    expect(unbounce.refusals[0]).toMatchObject({ rule: 'U4', code: 'global_bounce' });
    expect(reply.text).not.toMatch(/rival|secret|third/);
  });

  test('an invalid account is asked of nobody', async () => {
    for (const account of MALFORMED) {
      const path = decodeURIComponent(account);
      expect(isAccountId(path)).toBe(false);
      const sent = { method: 'GET', rawPath: `/v1/accounts/${account}/suppressions` };
      const reply = await stack.send(sent, OPERATOR);
      const status = ['%2e%2e', '%252e'].includes(account) ? 404 : 400;
      expect([account, reply.status, reply.calls]).toEqual([account, status, []]);
    }
  });
});
