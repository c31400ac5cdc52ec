import { describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../infra/routes.ts';
import { asList, readable, resourceOf, synthesize } from './synthesize.ts';

const API = 'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<Api>/$default/';

describe('the sender policy', () => {
  test('names the routes of its scopes for the default account, those that read by one pattern, and the contract', () => {
    expect(callsOf('SenderPolicy')).toEqual([
      'GET/v1/accounts/default',
      'GET/v1/accounts/default/*',
      'GET/v1/openapi.json',
      'POST/v1/accounts/default/recipients/filter',
      'POST/v1/accounts/default/suppressions/*/unbounce',
    ]);
  });

  test('leaves unbouncing out when senders may not', () => {
    expect(callsOf('SenderPolicy', { senderMayUnbounce: 'false' })).toEqual([
      'GET/v1/accounts/default',
      'GET/v1/accounts/default/*',
      'GET/v1/openapi.json',
      'POST/v1/accounts/default/recipients/filter',
    ]);
  });

  test.each([
    ['GET/v1/accounts/a', true],
    ['POST/v1/accounts/a/recipients/filter', true],
    ['GET/v1/accounts/a/suppressions/~eEB5LmNvbQ', true],
    ['POST/v1/accounts/a/suppressions/x@example.com/unbounce', true],
    ['GET/v1/accounts/a-b', false],
    ['POST/v1/accounts/a-b/recipients/filter', false],
    ['GET/v1/accounts/a/campaigns/spring/recipients', true],
    ['POST/v1/accounts/a/b/recipients/filter', false],
    ['GET/v1/accounts/b/suppressions/x@example.com', false],
    ['PUT/v1/accounts/a', false],
    ['POST/v1/accounts/a/suppressions/import', false],
    ['POST/v1/accounts/a/corrections', false],
    ['GET/v1/accounts', false],
    ['GET/v1/global-bounces/x@example.com', false],
    ['POST/v1/global-bounces/x@example.com/release', false],
    ['DELETE/v1/addresses/x@example.com', false],
  ])('of account a: %s is allowed: %p', (call, allowed) => {
    const patterns = callsOf('SenderPolicy', { senderAccounts: 'a' });
    expect(patterns.some((pattern) => covers(pattern, call))).toBe(allowed);
  });

  test('covers no route but those of its scopes', () => {
    const patterns = callsOf('SenderPolicy', { senderMayUnbounce: 'false' });
    const covered = ROUTES.filter(({ method, path }) => {
      const call = `${method}${path.replace('{account}', 'default')}`;
      return patterns.some((pattern) => covers(pattern, call));
    });
    const scopes = new Set(covered.map(({ scope }) => scope));
    expect(scopes).toEqual(new Set(['recipients:filter', 'suppressions:read', null]));
  });

  test('of five accounts with the longest ids fits into a managed policy', () => {
    const senderAccounts = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(64));
    const { PolicyDocument } = resourceOf(
      synthesize({ senderAccounts }),
      'AWS::IAM::ManagedPolicy',
      'SenderPolicy',
    ).Properties;
    const statements = PolicyDocument.Statement.map((statement: { Resource: unknown }) => ({
      ...statement,
      Resource: asList(statement.Resource).map((arn) =>
        readable(arn)
          .replace('<AWS::Partition>', 'aws-us-gov')
          .replace('<AWS::Region>', 'ap-southeast-1')
          .replace('<AWS::AccountId>', '123456789012')
          .replace('<Api>', 'abcdefghij'),
      ),
    }));
    expect(JSON.stringify({ ...PolicyDocument, Statement: statements }).length).toBeLessThan(6144);
  });
});

test('the operator policy names every route of every account', () => {
  expect(callsOf('OperatorPolicy')).toEqual([
    'DELETE/v1/addresses/*',
    'GET/v1/accounts',
    'GET/v1/accounts/*',
    'GET/v1/accounts/*/campaigns',
    'GET/v1/accounts/*/campaigns/*',
    'GET/v1/accounts/*/campaigns/*/recipients',
    'GET/v1/accounts/*/corrections',
    'GET/v1/accounts/*/stats',
    'GET/v1/accounts/*/suppressions',
    'GET/v1/accounts/*/suppressions/*',
    'GET/v1/accounts/*/unbounce-quota',
    'GET/v1/accounts/*/unbounces',
    'GET/v1/global-bounces/*',
    'GET/v1/openapi.json',
    'POST/v1/accounts/*/corrections',
    'POST/v1/accounts/*/recipients/filter',
    'POST/v1/accounts/*/suppressions/*/unbounce',
    'POST/v1/accounts/*/suppressions/import',
    'POST/v1/global-bounces/*/release',
    'PUT/v1/accounts/*',
  ]);
});

function policyOf(name: string, context: Readonly<Record<string, unknown>> = {}): string[] {
  const { PolicyDocument } = resourceOf(synthesize(context), 'AWS::IAM::ManagedPolicy', name).Properties;
  const [statement, ...denials] = PolicyDocument.Statement;
  expect(denials).toHaveLength(name === 'SenderPolicy' ? 1 : 0);
  for (const { Effect } of denials) expect(Effect).toBe('Deny');
  expect([statement.Effect, statement.Action]).toEqual(['Allow', 'execute-api:Invoke']);
  return asList(statement.Resource).map(readable);
}

function callsOf(name: string, context: Readonly<Record<string, unknown>> = {}): string[] {
  return policyOf(name, context)
    .map((arn) => {
      expect(arn.startsWith(API)).toBe(true);
      return arn.slice(API.length);
    })
    .sort();
}

/** IAM's own matching: `*` stands for any characters, slashes among them. */
function covers(pattern: string, call: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(call);
}
