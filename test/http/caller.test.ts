import { describe, expect, test } from '@jest/globals';
import {
  authorize,
  type Caller,
  type CallerOptions,
  type Demand,
  readCaller,
} from '../../lib/http/caller.ts';
import { ProblemError } from '../../lib/http/problem.ts';
import { signedBy, tokenWith } from './events.ts';
import { problemBodyOf } from './problem-of.ts';

const BY_CLAIM: CallerOptions = { accountClaim: 'custom:account', account: null, scopePrefix: '' };
const FIXED: CallerOptions = { accountClaim: null, account: 'acme', scopePrefix: 'rebound/' };

describe('who calls', () => {
  const signer = { scopes: 'all', account: null };
  test.each<[string, unknown, CallerOptions, Caller | null]>([
    ['a signed call by its ARN', signedBy('arn:x'), BY_CLAIM, { actor: 'arn:x', ...signer } as Caller],
    [
      'a signed call without ARN by its id',
      { iam: { callerId: 'c' } },
      BY_CLAIM,
      { actor: 'c', ...signer } as Caller,
    ],
    ['this machine', signedBy('local'), BY_CLAIM, { actor: 'local', ...signer } as Caller],
    [
      'a token by its subject, with scopes and account',
      tokenWith({ scope: 'suppressions:read operator', 'custom:account': 'acme' }),
      BY_CLAIM,
      { actor: 'user-1', scopes: ['suppressions:read', 'operator'], account: 'acme' },
    ],
    [
      'a token by its client, with scopes listed by the gateway',
      tokenWith({ sub: undefined, client_id: 'client-1', scp: '[suppressions:read operator]' }),
      BY_CLAIM,
      { actor: 'client-1', scopes: ['suppressions:read', 'operator'], account: null },
    ],
    [
      'a token for the fixed account, its scopes without the prefix and none without it',
      tokenWith({ scope: 'rebound/operator suppressions:read', 'custom:account': 'other' }),
      FIXED,
      { actor: 'user-1', scopes: ['operator'], account: 'acme' },
    ],
    [
      'a token whose claims are no text',
      tokenWith({ scope: ['operator'], scp: 7, 'custom:account': { acme: true } }),
      BY_CLAIM,
      { actor: 'user-1', scopes: [], account: null },
    ],
    [
      'brackets around a part of the scopes belong to their names',
      tokenWith({ scope: '[operator] suppressions:read', scp: 'suppressions:read [operator]' }),
      BY_CLAIM,
      {
        actor: 'user-1',
        scopes: ['[operator]', 'suppressions:read', 'suppressions:read', '[operator]'],
        account: null,
      },
    ],
    [
      'no control characters and no endless names',
      signedBy(`a\r\n\u202e${'b'.repeat(600)}`),
      BY_CLAIM,
      { actor: `a${'b'.repeat(511)}`, ...signer } as Caller,
    ],
    ['nobody: no authorizer', undefined, BY_CLAIM, null],
    ['nobody: null', { iam: null, jwt: null }, BY_CLAIM, null],
    ['nobody: an empty ARN', signedBy('').iam, BY_CLAIM, null],
    ['nobody: a token without subject and client', tokenWith({ sub: '', scope: 'operator' }), BY_CLAIM, null],
    ['nobody: an authorizer of another kind', { lambda: { userArn: 'x' } }, BY_CLAIM, null],
    ['nobody: text', 'local', BY_CLAIM, null],
  ])('%s', (_, authorizer, options, caller) => {
    expect(readCaller(authorizer, options)).toEqual(caller);
  });
});

describe('what a caller may', () => {
  const signer: Caller = { actor: 'arn', scopes: 'all', account: null };
  const reader: Caller = { actor: 'u', scopes: ['suppressions:read'], account: 'acme' };
  const operator: Caller = { actor: 'o', scopes: ['operator', 'suppressions:read'], account: null };
  const nobodys: Caller = { actor: 'n', scopes: ['suppressions:read'], account: null };

  test.each<[string, Caller | null, Demand, string]>([
    ['IAM decides for signed calls', signer, { scope: 'operator', account: 'acme' }, 'allowed'],
    [
      'a token with the scope for its account',
      reader,
      { scope: 'suppressions:read', account: 'acme' },
      'allowed',
    ],
    [
      'a token where the route names no account',
      reader,
      { scope: 'suppressions:read', account: '' },
      'allowed',
    ],
    ['a token where any identity will do', nobodys, { scope: null, account: '' }, 'allowed'],
    ['an operator for every account', operator, { scope: 'suppressions:read', account: 'other' }, 'allowed'],
    ['an operator without the scope', operator, { scope: 'recipients:filter', account: 'acme' }, 'forbidden'],
    ['a token without the scope', reader, { scope: 'recipients:filter', account: 'acme' }, 'forbidden'],
    ['a token for another account', reader, { scope: 'suppressions:read', account: 'other' }, 'forbidden'],
    ['a token without account', nobodys, { scope: 'suppressions:read', account: 'acme' }, 'forbidden'],
    ['an account in other letters', reader, { scope: 'suppressions:read', account: 'ACME' }, 'forbidden'],
    ['nobody', null, { scope: null, account: '' }, 'no_identity'],
  ])('%s', (_, caller, demand, outcome) => {
    expect(outcomeOf(caller, demand)).toBe(outcome);
  });
});

describe('whoever may not is told what is missing', () => {
  const reader: Caller = { actor: 'u', scopes: ['suppressions:read'], account: 'acme' };
  test.each<[string, Caller | null, Demand, string]>([
    ['nobody', null, { scope: null, account: '' }, 'Call through the API with a signed request (SigV4)'],
    ['a scope', reader, { scope: 'operator', account: 'acme' }, 'a token with the scope "operator"'],
    ['an account', reader, { scope: 'suppressions:read', account: 'other' }, 'of the account in the path'],
  ])('%s', (_, caller, demand, words) => {
    expect(problemBodyOf(() => authorize(caller, demand))?.detail).toContain(words);
  });
});

function outcomeOf(caller: Caller | null, demand: Demand): string {
  try {
    return authorize(caller, demand) === caller ? 'allowed' : 'somebody else';
  } catch (error) {
    return error instanceof ProblemError ? (error.answer.body as { code: string }).code : String(error);
  }
}
