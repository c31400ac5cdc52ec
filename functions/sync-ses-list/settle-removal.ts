import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { applyListing, type Settlement, settleRemoval } from '../../lib/policy/ses-removal.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { ListEntry } from '../../lib/ses/suppression-list.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

/** What became of an address's removal. */
export interface Settled {
  readonly addressHash: string;
  /** Null where nothing was asked for any more. */
  readonly settlement: Settlement | null;
  /** What SES lists for a complaint, if it does: that stays. */
  readonly complaint?: ListEntry | null;
  /** Ends the requests made until then. */
  readonly until: Instant;
  /** As the metric and the log call it. */
  readonly outcome: string;
}

/** Writes down what became of a removal, and forgets that it waits. May be repeated. */
export async function settle(settled: Settled, deps: SyncDependencies, deadlineAt: Instant): Promise<void> {
  const { addressHash, settlement, until, outcome } = settled;
  if (settlement !== null) {
    const change = (status: AddressStatus) => withOutcome(status, { ...settled, settlement });
    await deps.operator.updateStatus(addressHash, { change, deadlineAt });
  }
  await deps.sesList.forgetPending({ addressHash, requestedAt: until }, deadlineAt);
  deps.telemetry.count('SesRemovalSettled', { Outcome: outcome });
  deps.telemetry.log('info', 'ses_removal_settled', { addressHash, outcome });
}

function withOutcome(
  status: AddressStatus,
  { settlement, complaint = null, until }: Settled & { readonly settlement: Settlement },
): AddressStatus {
  const ses = settleRemoval(status.ses, { until, settlement });
  if (ses === status.ses) {
    return status;
  }
  // Read after whatever was asked for until then, so that it blocks.
  const listing = complaint && { ...complaint, readAt: until + 1 };
  return { ...status, ses: listing === null ? ses : applyListing(ses, listing, { isSimulator: false }) };
}
