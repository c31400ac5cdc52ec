import type { Policy } from '../../lib/policy/policy.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import type { Findings } from './findings.ts';

/** What every check works with. */
export interface Reconciliation {
  readonly context: DynamoContext;
  readonly policy: Policy;
  /** Null for all of them. */
  readonly account: string | null;
  readonly fix: boolean;
  readonly findings: Findings;
  readonly tally: Tally;
}

/** How much was looked at. */
export interface Tally {
  addresses: number;
  /** Accounts' items of addresses. */
  records: number;
  suppressions: number;
  /** Suppressions that another rule set decided: what they say of strikes was not compared. */
  byOtherRules: number;
  unbounces: number;
  ledgerRows: number;
  months: number;
}

export function emptyTally(): Tally {
  return {
    addresses: 0,
    records: 0,
    suppressions: 0,
    byOtherRules: 0,
    unbounces: 0,
    ledgerRows: 0,
    months: 0,
  };
}
