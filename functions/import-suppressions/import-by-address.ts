import { type BounceReport, emptyRecord } from '../../lib/policy/address-record.ts';
import { type AddressSnapshot, NO_STATUS } from '../../lib/policy/address-status.ts';
import { type BounceOutcome, importRows } from '../../lib/policy/import-rows.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { addressHash as hashOf } from '../../lib/store/address-hash.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';

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

/** All rows of one address, and what they come to by what was read. */
interface Plan {
  readonly addressHash: string;
  readonly rows: readonly ReadRow[];
  readonly before: AddressSnapshot;
  readonly isNews: boolean;
  readonly outcomes: readonly BounceOutcome[];
}

const ADDRESSES_AT_ONCE = 32;

/** Says what `writeRows` would do, and writes nothing. Throws UnavailableError. */
export async function predictRows(rows: readonly ReadRow[], context: ImportContext): Promise<Outcomes> {
  return outcomesOf(await planRows(rows, context));
}

/**
 * Writes the rows, all those of one address together, and says what each did. What is known already is not written; what
 * changed since it was read is decided again. Throws UnavailableError.
 */
export async function writeRows(rows: readonly ReadRow[], context: ImportContext): Promise<Outcomes> {
  const { addresses, account, deadlineAt } = context;
  const written: Plan[] = [];
  await eachOf(await planRows(rows, context), ADDRESSES_AT_ONCE, async (plan) => {
    let done = plan;
    if (plan.isNews) {
      const { addressHash, before } = plan;
      const change = (found: AddressSnapshot): AddressSnapshot => {
        const { snapshot, outcomes } = importRows(found, reportsOf(plan.rows), context);
        done = { ...plan, outcomes };
        return snapshot;
      };
      await addresses.updateAddress({ account, addressHash }, { before, change, deadlineAt });
    }
    written.push(done);
  });
  return outcomesOf(written);
}

async function planRows(
  rows: readonly ReadRow[],
  { addresses, account, deadlineAt, ...context }: ImportContext,
): Promise<readonly Plan[]> {
  const grouped = Map.groupBy(rows, ({ report }) => hashOf(report.address));
  const addressHashes = [...grouped.keys()];
  const [statuses, records] = await allOf([
    addresses.readStatuses(addressHashes, deadlineAt),
    addresses.readRecords({ account, addressHashes, deadlineAt }),
  ]);
  return [...grouped].map(([addressHash, ofOne]) => {
    const before = {
      record: records.get(addressHash) ?? emptyRecord(account),
      status: statuses.get(addressHash) ?? NO_STATUS,
    };
    const { snapshot, outcomes } = importRows(before, reportsOf(ofOne), context);
    return { addressHash, rows: ofOne, before, isNews: snapshot !== before, outcomes };
  });
}

function reportsOf(rows: readonly ReadRow[]): readonly BounceReport[] {
  return rows.map(({ report }) => report);
}

function outcomesOf(plans: readonly Plan[]): Outcomes {
  return new Map(
    plans.flatMap(({ rows, outcomes }) =>
      rows.flatMap(({ index }, at) => {
        const outcome = outcomes[at];
        return outcome === undefined ? [] : [[index, outcome] as const];
      }),
    ),
  );
}
