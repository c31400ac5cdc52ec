import { expect, test } from '@jest/globals';
import { knownAccount } from '../../lib/http/known-account.ts';
import { unsetAccount } from '../../lib/policy/account.ts';
import { problemBodyOf } from './problem-of.ts';

test('an account that is registered goes on', () => {
  const account = unsetAccount('acme');
  expect(knownAccount(account)).toBe(account);
});

test('one that nobody registered is refused, and the caller told what to do', () => {
  expect(problemBodyOf(() => knownAccount(null))).toMatchObject({
    code: 'unknown_account',
    detail: 'Register the account first: the operator sends PUT /v1/accounts/{account}.',
  });
});
