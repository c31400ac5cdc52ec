import type { AddressRecord } from '../../lib/policy/address-record.ts';
import { type AddressStatus, NO_STATUS } from '../../lib/policy/address-status.ts';
import { type DecidedCorrection, decideCorrection, mayConcern } from '../../lib/policy/correction.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import type { WholeAddress } from '../../lib/policy/release.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import type { CorrectionStore } from '../../lib/store/correction-port.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AddressStore, SuppressionPosition } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';
import type { CorrectionRequest } from './correction-request.ts';

export interface CorrectDependencies {
  readonly addresses: Pick<AddressStore, 'listSuppressions' | 'readRecords' | 'readStatuses'>;
  readonly operator: Pick<OperatorStore, 'readWhole'>;
  readonly corrections: CorrectionStore;
  readonly policy: Policy;
  /** Whether something takes corrected addresses off SES's account list; without it nothing is ever pending. */
  readonly asksSes: boolean;
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
}

export interface PageRequest
  extends Pick<CorrectionRequest, 'correction' | 'apply' | 'earlier' | 'note' | 'limit'> {
  readonly account: string;
  readonly id: string;
  readonly by: string;
  readonly now: Instant;
  readonly after: SuppressionPosition | null;
  readonly deadlineAt: Instant;
}

/** What became, or would become, of one address. */
export interface CorrectedAddress {
  readonly addressHash: string;
  readonly decided: DecidedCorrection;
}

export interface CorrectedPage {
  readonly examined: number;
  /** Of which something is lifted or kept, in the order of the list. */
  readonly addresses: readonly CorrectedAddress[];
  readonly next: SuppressionPosition | null;
}

const ADDRESSES_AT_ONCE = 16;

/**
 * Corrects the addresses of one page of the account's suppressions, or tells what that would come to. What is done stays done:
 * a page that failed half-way is sent again, and finds the rest.
 */
export async function correctPage(request: PageRequest, deps: CorrectDependencies): Promise<CorrectedPage> {
  const { account, correction, limit, after, deadlineAt } = request;
  const since = request.earlier ? {} : { since: correction.from };
  const page = await deps.addresses.listSuppressions({ account, limit, after, deadlineAt, ...since });
  const addressHashes = page.items
    .filter(({ address, suppression: { standing } }) => mayConcern({ address, standing }, correction))
    .map(({ addressHash }) => addressHash);
  const [records, statuses] = await allOf([
    deps.addresses.readRecords({ account, addressHashes, deadlineAt }),
    deps.addresses.readStatuses(addressHashes, deadlineAt),
  ]);
  const correctOne = createCorrector(request, deps);
  const done = new Map<string, DecidedCorrection>();
  await eachOf(records, ADDRESSES_AT_ONCE, async ([addressHash, record]) => {
    const status = statuses.get(addressHash) ?? NO_STATUS;
    done.set(addressHash, await correctOne(addressHash, { record, status }));
  });
  const addresses = addressHashes.flatMap((addressHash) => {
    const decided = done.get(addressHash);
    return decided === undefined || decided.lifted.length + decided.kept.length === 0
      ? []
      : [{ addressHash, decided }];
  });
  return { examined: page.items.length, addresses, next: page.next };
}

/** Decides, and where that is asked for writes, until nobody else was first. */
function createCorrector(
  request: PageRequest,
  { corrections, operator, clock, ...deps }: CorrectDependencies,
) {
  const { account, correction, id, by, note, now, apply, deadlineAt } = request;
  let begun: Promise<void> | null = null;
  const begin = () => {
    begun ??= corrections.beginCorrection({ account, id, correction, by, note, begunAt: now }, deadlineAt);
    return begun;
  };
  const decide = (whole: WholeAddress) =>
    decideCorrection({ account, correction }, whole, {
      policy: deps.policy,
      asksSes: deps.asksSes,
      now: clock(),
    });

  return async (
    addressHash: string,
    { record, status }: { readonly record: AddressRecord; readonly status: AddressStatus },
  ): Promise<DecidedCorrection> => {
    const readWhole = () => operator.readWhole(addressHash, deadlineAt);
    let whole = status.global === null ? { status, records: [record] } : await readWhole();
    while (clock() < deadlineAt) {
      const decided = decide(whole);
      if (!apply || decided.lifted.length === 0) return decided;
      await begin();
      const write = { account, addressHash, id, by, correctedAt: clock(), decided, deadlineAt };
      if ((await corrections.saveCorrection(write)) === 'saved') {
        deps.telemetry.count('AddressCorrected');
        return decided;
      }
      whole = await readWhole();
    }
    throw new UnavailableError('Other writers were first until the deadline.');
  };
}
