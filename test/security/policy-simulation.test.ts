import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ROUTES, type Route, type Scope } from '../../infra/routes.ts';
import { hasDotSegment } from '../../lib/http/dot-segments.ts';
import { isAccountId } from '../../lib/policy/account.ts';
import { covers, isAllowed, type PolicyStatement } from '../support/iam.ts';
import { callerStatements } from './caller-statements.ts';
import {
  isLetIn,
  type RawCall,
  READINGS,
  type Reading,
  type Routed,
  routed,
  routeKeyOf,
} from './gateway-model.ts';
import { TRICKS } from './path-tricks.ts';

const SENDER_SCOPES: readonly (Scope | null)[] = [
  'recipients:filter',
  'suppressions:read',
  'suppressions:unbounce',
  null,
];
const READING_NAMES = Object.keys(READINGS) as Reading[];
const ofA = callerStatements('SenderPolicy', { senderAccounts: 'a' });
const ofAWithoutUnbounce = callerStatements('SenderPolicy', {
  senderAccounts: 'a',
  senderMayUnbounce: 'false',
});
const ofOperator = callerStatements('OperatorPolicy');
const routes = ROUTES.map((route) => [routeKeyOf(route), route] as const);

function callOf({ method, path }: Route, account: string): RawCall {
  const rawPath = path
    .replace('{account}', account)
    .replace('{address}', 'ada@example.com')
    .replace(/\{\w+\}/g, 'spring');
  return { method, rawPath };
}

describe.each(routes)('%s', (_key, route) => {
  const isOfAccounts = route.path.includes('{account}');

  test('is let in for the sender of its own account exactly when a sender may', () => {
    const isLet = isLetIn(ofA, callOf(route, 'a'));
    expect(isLet).toBe(SENDER_SCOPES.includes(route.scope));
  });

  test.each(['b', 'a-b', 'a/b', 'A', 'a%2Db', '', '*', 'aa'])(
    'is refused to the sender of a for account %j, unless it names no account',
    (account) => {
      const isOpen = !isOfAccounts && SENDER_SCOPES.includes(route.scope);
      const call = callOf(route, account);
      expect(isLetIn(ofA, call) && routed(call) !== null).toBe(isOpen);
    },
  );

  test('is refused to a sender who may not unbounce where it unbounces', () => {
    const isLet = SENDER_SCOPES.includes(route.scope) && route.scope !== 'suppressions:unbounce';
    expect(isLetIn(ofAWithoutUnbounce, callOf(route, 'a'))).toBe(isLet);
  });

  test('is let in for the operator of every account', () => {
    for (const account of ['a', 'b', 'a-b']) expect(isLetIn(ofOperator, callOf(route, account))).toBe(true);
  });

  test('is open to no other API, stage, method or action', () => {
    const { method, rawPath } = callOf(route, 'a');
    const ask = (resource: string, action = 'execute-api:Invoke') =>
      [ofA, ofOperator].some((statements) => isAllowed(statements, { action, resource }));
    const arn = (api: string, rest: string) => `arn:aws:execute-api:eu-central-1:111122223333:${api}/${rest}`;
    expect(ask(arn('abcdefghij', `$default/${method}${rawPath}`))).toBe(true);
    expect(ask(arn('zzzzzzzzzz', `$default/${method}${rawPath}`))).toBe(false);
    expect(ask(arn('abcdefghij', `test/${method}${rawPath}`))).toBe(false);
    expect(ask(arn('abcdefghij', `$default/PATCH${rawPath}`))).toBe(false);
    expect(ask(arn('abcdefghij', `$default/${method}${rawPath}`), 'execute-api:ManageConnections')).toBe(
      false,
    );
  });
});

describe('whatever path a sender asks for, and however the gateway reads it', () => {
  const segments = fc.oneof(
    fc.constantFrom(
      ...new Set(ROUTES.flatMap(({ path }) => path.split('/').filter((part) => /^\w/.test(part)))),
    ),
    fc.constantFrom(...TRICKS),
    fc.constantFrom('a', 'b', 'x@example.com', 'unbounce', 'import', '..'),
  );
  const paths = fc
    .tuple(fc.constantFrom('/v1/accounts/a/', '/v1/accounts/a', '/v1/'), fc.array(segments, { maxLength: 8 }))
    .map(([start, rest]) => `${start}${rest.join('/')}`);
  const calls = fc.record({
    method: fc.constantFrom(...new Set(ROUTES.map(({ method }) => method))),
    rawPath: paths,
  });
  const readings = fc.constantFrom(...READING_NAMES);

  test('what is let in reaches routes of a sender for the account a, and no other', () => {
    let reached = 0;
    fc.assert(
      fc.property(calls, readings, readings, (call, judged, taken) => {
        if (!isRefusedByFunction(call)) expect(strayed(ofA, { call, judged, taken })).toBeNull();
        if (isLetIn(ofA, call, judged) && routed(call, taken) !== null) reached += 1;
      }),
      { seed: 20_261_123, numRuns: 100_000 },
    );
    expect(reached).toBeGreaterThan(100);
  });

  test.each(routes)('tricks in every place of %s', (_key, route) => {
    const attempts = trickCalls(route).flatMap((call) =>
      READING_NAMES.flatMap((judged) => READING_NAMES.map((taken) => ({ call, judged, taken }))),
    );
    expect(attempts.filter((attempt) => strayed(ofA, attempt) !== null)).toEqual([]);
  });
});

interface Attempt {
  readonly call: RawCall;
  readonly judged: Reading;
  readonly taken: Reading;
}

/** Where a call was let in that is not the sender's; null when nowhere. */
function strayed(statements: readonly PolicyStatement[], { call, judged, taken }: Attempt): Routed | null {
  if (!isLetIn(statements, call, judged)) return null;
  const reached = routed(call, taken);
  if (reached === null) return null;
  const { route, pathParameters } = reached;
  const { account = 'a' } = pathParameters;
  // Handlers answer 400 for what is no account id.
  const isOwn = account === 'a' || !isAccountId(account);
  return isOwn && SENDER_SCOPES.includes(route.scope) ? null : reached;
}

/** Whether the function refuses the call however its gateway hands it the path. No policy sees a step that was taken before it. */
function isRefusedByFunction({ rawPath }: RawCall): boolean {
  return [READINGS['as sent'], READINGS.decoded].every((reading) => hasDotSegment(reading(rawPath)));
}

/** The route with each trick in the place of the account, of a parameter, and behind everything. */
function trickCalls({ method, path }: Route): RawCall[] {
  const own = path.replace('{account}', 'a');
  const fill = (template: string, trick: string) => template.replace(/\{\w+\}/g, trick);
  return TRICKS.flatMap((trick) => [
    fill(path, trick),
    fill(own, trick),
    `${fill(own, 'x')}/${trick}`,
    `${fill(own, 'x')}/../${trick}`,
    `/v1/accounts/a/suppressions/${fill(own, 'x').split('/').at(-1)}${trick}/unbounce`,
    `/v1/accounts/a/${trick}${fill(path.replace('{account}', 'b'), 'x')}`,
    `/v1/accounts/a/..${fill(path.replace('{account}', 'b').replace('/v1/accounts', ''), 'x')}`,
    `/v1/accounts/a/${trick}/${fill(path.replace('{account}', 'b').replace('/v1/accounts/', ''), 'x')}`,
  ]).map((rawPath) => ({ method, rawPath }));
}

describe('the evaluator', () => {
  test.each([
    ['a*', 'a/b/c', true],
    ['a/?', 'a/b', true],
    ['a/?', 'a/bc', false],
    ['a.b', 'axb', false],
    ['*%2F*', 'x%2fy', false],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
    ['x${?}y', 'x?y', true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
    ['x${?}y', 'xzy', false],
  ])('matches %j with %j: %p', (pattern, text, expected) => {
    expect(covers(pattern, text)).toBe(expected);
  });

  test('lets a Deny win, needs an Allow, and refuses what it does not understand', () => {
    const allow = { Effect: 'Allow', Action: 's:Get*', Resource: '*' };
    const question = { action: 's:GetItem', resource: 'arn:x' };
    expect(isAllowed([], question)).toBe(false);
    expect(isAllowed([allow], question)).toBe(true);
    expect(isAllowed([allow, { ...allow, Effect: 'Deny', Resource: 'arn:*' }], question)).toBe(false);
    expect(() => isAllowed([{ ...allow, NotAction: 's:*' } as PolicyStatement], question)).toThrow();
    const bool = { ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    expect(() => isAllowed([bool], question)).toThrow('not understood: Bool');
  });

  test('holds a request to a condition on its leading keys', () => {
    const keys = { 'dynamodb:LeadingKeys': ['operator#*'] };
    const allow = {
      Effect: 'Allow',
      Action: 'd:Put',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': keys },
    };
    const ask = (...leading: string[]) =>
      isAllowed([allow], { action: 'd:Put', resource: 'x', context: { 'dynamodb:LeadingKeys': leading } });
    expect([ask('operator#1'), ask('acme'), ask('operator#1', 'acme')]).toEqual([true, false, false]);
  });
});
