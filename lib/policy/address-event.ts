import { type AddressRecord, type BounceReport, recordBounce, withSuppression } from './address-record.ts';
import { type AddressSnapshot, type AddressStatus, withRecord } from './address-status.ts';
import { withDeadReport } from './dead-report.ts';
import { clearStrikes } from './facts.ts';
import type { SesMark } from './layer.ts';
import type { Policy } from './policy.ts';
import { addMark } from './ses-layers.ts';
import { isSimulatorAddress } from './simulator.ts';
import type { Instant } from './time.ts';

/** What can happen to an address, as one account hears of it. */
export type AddressEvent =
  | ({ readonly kind: 'bounce' } & BounceReport)
  | { readonly kind: 'mark'; readonly address: string; readonly mark: SesMark }
  | {
      readonly kind: 'delivery';
      readonly address: string;
      readonly messageId: string | null;
      readonly deliveredAt: Instant;
    };

interface EventContext {
  readonly policy: Policy;
  readonly now: Instant;
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
      const ses = addMark(snapshot.status.ses, event.mark, { isSimulator });
      return ses === snapshot.status.ses ? snapshot : { ...snapshot, status: { ...snapshot.status, ses } };
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
  report: BounceReport,
  context: EventContext,
): AddressSnapshot {
  const { record, status } = snapshot;
  const known = withErasure(record, status);
  const next = recordBounce(known, report, context);
  const reported = withDeadReport(status, { record: next, ...report }, context);
  if (next === known) {
    return reported === status ? snapshot : { ...snapshot, status: reported };
  }
  return inStep(next, reported);
}

function inStep(record: AddressRecord, status: AddressStatus): AddressSnapshot {
  return { record, status: withRecord(status, record) };
}

/** An account that had no item when the person was erased must not write the text again either. */
export function withErasure(record: AddressRecord, { erasedAt }: AddressStatus): AddressRecord {
  const isNews = erasedAt !== null && erasedAt > (record.erasedAt ?? -1);
  return isNews ? { ...record, erasedAt } : record;
}
