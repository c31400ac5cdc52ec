import type { BounceReport } from '../../lib/policy/address-record.ts';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { NO_STATUS } from '../../lib/policy/address-status.ts';
import { type BounceOutcome, importRows } from '../../lib/policy/import-rows.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { addressHash as hashOf } from '../../lib/store/address-hash.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import { eachOf } from '../../lib/work-pool.ts';

/** A row that is a bounce, and where it stood. */
export interface ReadRow {
  readonly index: number;
  readonly report: BounceReport;
}

export interface ImportContext {
  readonly addresses: Pick<AddressStore, 'readStatuses' | 'readRecords' | 'updateAddress'>;
  readonly account: string;
  readonly policy: Policy;
  readonly now: Instant;
  readonly deadlineAt: Instant;
}

/** By the row's place in the call. */
export type Outcomes = ReadonlyMap<number, BounceOutcome>;

const ADDRESSES_AT_ONCE = 32;

/** Writes the rows, all those of one address together, and says what each did. Throws UnavailableError. */
export async function writeRows(
  rows: readonly ReadRow[],
  { addresses, account, deadlineAt, ...context }: ImportContext,
): Promise<Outcomes> {
  const outcomes = new Map<number, BounceOutcome>();
  await eachOf(byAddress(rows), ADDRESSES_AT_ONCE, async ([addressHash, ofOne]) => {
    let told: readonly BounceOutcome[] = [];
    await addresses.updateAddress(
      { account, addressHash },
      {
        change(before) {
          const imported = importRows(before, reportsOf(ofOne), context);
          told = imported.outcomes;
          return imported.snapshot;
        },
        deadlineAt,
      },
    );
    keep(outcomes, ofOne, told);
  });
  return outcomes;
}

/** Says what `writeRows` would do, and writes nothing. Throws UnavailableError. */
export async function predictRows(
  rows: readonly ReadRow[],
  { addresses, account, deadlineAt, ...context }: ImportContext,
): Promise<Outcomes> {
  const grouped = byAddress(rows);
  const addressHashes = [...grouped.keys()];
  const [statuses, records] = await Promise.all([
    addresses.readStatuses(addressHashes, deadlineAt),
    addresses.readRecords({ account, addressHashes, deadlineAt }),
  ]);
  const outcomes = new Map<number, BounceOutcome>();
  for (const [addressHash, ofOne] of grouped) {
    const before = {
      record: records.get(addressHash) ?? emptyRecord(account),
      status: statuses.get(addressHash) ?? NO_STATUS,
    };
    keep(outcomes, ofOne, importRows(before, reportsOf(ofOne), context).outcomes);
  }
  return outcomes;
}

function byAddress(rows: readonly ReadRow[]): ReadonlyMap<string, readonly ReadRow[]> {
  return Map.groupBy(rows, ({ report }) => hashOf(report.address));
}

function reportsOf(rows: readonly ReadRow[]): readonly BounceReport[] {
  return rows.map(({ report }) => report);
}

function keep(
  outcomes: Map<number, BounceOutcome>,
  rows: readonly ReadRow[],
  told: readonly BounceOutcome[],
): void {
  for (const [at, { index }] of rows.entries()) {
    const outcome = told[at];
    if (outcome !== undefined) outcomes.set(index, outcome);
  }
}
