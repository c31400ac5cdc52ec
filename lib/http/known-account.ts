import type { Account } from '../policy/account.ts';
import { ProblemError } from './problem.ts';

/** The account that a path names. Throws ProblemError `unknown_account` when nobody registered it. */
export function knownAccount(account: Account | null): Account {
  if (account === null) {
    throw new ProblemError(
      'unknown_account',
      'Register the account first: the operator sends PUT /v1/accounts/{account}.',
    );
  }
  return account;
}
