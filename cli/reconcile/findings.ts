import type { AddressDrift } from '../../lib/policy/drift.ts';

export type Drift =
  | AddressDrift
  | 'unlisted'
  | 'listed_in_vain'
  | 'removal_waits'
  | 'counter_differs'
  | 'ledger_row_without_unbounce'
  | 'unbounce_without_ledger_row'
  | 'unreadable';

/** What each kind of drift means, the worst first; `docs/operations.md` says what to do about it. */
export const MEANINGS: Readonly<Record<Drift, string>> = {
  status_missing: 'false send: the filter lets through what must not be sent to',
  suppression_missing: 'the facts forbid what the account item does not hold',
  status_without_record: 'a block whose facts are lost; it stays',
  status_unfounded: 'false block: the filter holds back what may be sent to',
  suppression_unfounded: 'the account item holds what no fact brings',
  suppression_differs: 'rule, end or evidence are not those of the facts',
  status_differs: 'rule or end are not those of the account item',
  unlisted: 'suppressed, and not in the list of the account',
  listed_in_vain: 'in the list of the account, and not suppressed',
  removal_waits: 'has waited for more than a day for SES to take it off its list',
  counter_differs: 'the counter of a month is not the number of its unbounces',
  ledger_row_without_unbounce: 'an unbounce in the ledger that the address does not carry',
  unbounce_without_ledger_row: 'an unbounce that the ledger does not hold',
  unreadable: 'an item that does not read as what its key says',
};

/** What `--fix` repairs. */
export const REPAIRED: ReadonlySet<Drift> = new Set<Drift>([
  'status_missing',
  'suppression_missing',
  'status_unfounded',
  'suppression_unfounded',
  'suppression_differs',
  'status_differs',
  'unlisted',
  'listed_in_vain',
  'removal_waits',
]);

/** One thing that differs. */
export interface Finding {
  readonly drift: Drift;
  /** Null where an item is meant that all accounts share. */
  readonly account: string | null;
  /** The address's hash, or the month of a counter. */
  readonly id: string;
  readonly detail: string | null;
}

export interface DriftCount {
  readonly found: number;
  readonly fixed: number;
  readonly samples: readonly Omit<Finding, 'drift'>[];
}

/** What was found, counted by kind; of each kind the first few are kept. */
export function createFindings(samplesKept: number) {
  const counts = new Map<Drift, { found: number; fixed: number; samples: Omit<Finding, 'drift'>[] }>();
  return {
    add({ drift, ...sample }: Finding, isFixed = false): void {
      const count = counts.get(drift) ?? { found: 0, fixed: 0, samples: [] };
      count.found += 1;
      count.fixed += Number(isFixed);
      if (count.samples.length < samplesKept) count.samples.push(sample);
      counts.set(drift, count);
    },
    /** By kind, the worst first. */
    counts: (): ReadonlyMap<Drift, DriftCount> =>
      new Map((Object.keys(MEANINGS) as Drift[]).flatMap((drift) => withCount(drift, counts.get(drift)))),
  };
}

export type Findings = ReturnType<typeof createFindings>;

function withCount(drift: Drift, count: DriftCount | undefined): [Drift, DriftCount][] {
  return count === undefined ? [] : [[drift, count]];
}
