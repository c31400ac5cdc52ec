import { type AddressRecord, type BounceReport, recordBounce, withSuppression } from './address-record.ts';
import { type AddressSnapshot, type AddressStatus, withRecord } from './address-status.ts';
import { withDeadReport } from './dead-report.ts';
import { clearStrikes, isAfterLifts, sentAtOf } from './facts.ts';
import type { SesMark } from './layer.ts';
import { effectOf, type Policy } from './policy.ts';
import { addMark, type SesFacts } from './ses-layers.ts';
import { isListedBySes, requestRemoval, withTenants } from './ses-removal.ts';
import { isSimulatorAddress } from './simulator.ts';
import type { Instant } from './time.ts';

/** What can happen to an address, as one account hears of it. */
export type AddressEvent =
  | ({ readonly kind: 'bounce' } & BounceReport & OfTenants)
  | ({ readonly kind: 'mark'; readonly address: string; readonly mark: SesMark } & OfTenants)
  | {
      readonly kind: 'delivery';
      readonly address: string;
      readonly messageId: string | null;
      readonly deliveredAt: Instant;
    };

interface OfTenants {
  /** The SES tenants on whose lists the address may be. */
  readonly tenants?: readonly string[];
}

interface EventContext {
  readonly policy: Policy;
  readonly now: Instant;
  /** Whether there is an SES that lists addresses, and is asked to take them off. */
  readonly asksSes: boolean;
}

/** The address after an event; the very same object when the event tells nothing new. */
export function applyEvent(
  snapshot: AddressSnapshot,
  event: AddressEvent,
  context: EventContext,
): AddressSnapshot {
  switch (event.kind) {
    case 'bounce':
      return applyBounce(snapshot, event, context);
    case 'mark': {
      const isSimulator = isSimulatorAddress(event.address);
      const marked = addMark(snapshot.status.ses, event.mark, { isSimulator });
      const status = withSes(snapshot.status, withTenants(marked, event.tenants ?? []));
      return status === snapshot.status ? snapshot : { ...snapshot, status };
    }
    case 'delivery': {
      const facts = clearStrikes(snapshot.record.facts, event);
      if (facts === snapshot.record.facts) {
        return snapshot;
      }
      const isSimulator = isSimulatorAddress(event.address);
      return inStep(
        withSuppression({ ...snapshot.record, facts }, { ...context, isSimulator }),
        snapshot.status,
      );
    }
  }
}

function applyBounce(
  snapshot: AddressSnapshot,
  report: BounceReport & OfTenants,
  context: EventContext,
): AddressSnapshot {
  const { record, status } = snapshot;
  const known = withErasure(record, status);
  const next = recordBounce(known, report, context);
  const told = withDeadReport(status, { record: next, ...report }, context);
  const reported = context.asksSes ? withListing(told, { record: next, ...report }, context.policy) : told;
  if (next === known) {
    return reported === status ? snapshot : { ...snapshot, status: reported };
  }
  return inStep(next, reported);
}

/**
 * SES lists an address at every permanent bounce of it, whatever Rebound thinks of that. Where it does not count here, since
 * its reason does not or its mail was sent before a lift, the address is to leave the list again.
 */
function withListing(
  status: AddressStatus,
  { record, address, bounce, tenants = [] }: { record: AddressRecord } & BounceReport & OfTenants,
  policy: Policy,
): AddressStatus {
  if (!isListedBySes(bounce) || isSimulatorAddress(address)) {
    return status;
  }
  const counts =
    effectOf(policy, bounce.key, bounce.permanence) === 'hard' &&
    isAfterLifts(record.facts, bounce.key, sentAtOf(bounce));
  const ses = withTenants(status.ses, tenants);
  return withSes(status, counts ? ses : requestRemoval(ses, bounce.bouncedAt ?? sentAtOf(bounce)));
}

function withSes(status: AddressStatus, ses: SesFacts): AddressStatus {
  return ses === status.ses ? status : { ...status, ses };
}

function inStep(record: AddressRecord, status: AddressStatus): AddressSnapshot {
  return { record, status: withRecord(status, record) };
}

/** An account that had no item when the person was erased must not write the text again either. */
export function withErasure(record: AddressRecord, { erasedAt }: AddressStatus): AddressRecord {
  const isNews = erasedAt !== null && erasedAt > (record.erasedAt ?? -1);
  return isNews ? { ...record, erasedAt } : record;
}
