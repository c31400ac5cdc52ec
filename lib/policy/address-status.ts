import type { AddressRecord } from './address-record.ts';
import type { Bounce } from './bounce.ts';
import { isAfterLifts, sentAtOf } from './facts.ts';
import { effectOf, type Policy } from './policy.ts';
import type { FactKey } from './reason.ts';
import type { SesFacts } from './ses-layers.ts';
import { isSimulatorAddress } from './simulator.ts';
import type { Standing } from './standing.ts';
import { type Day, dayOf, type Instant } from './time.ts';

/** What the filter must know of one standing reason; the evidence stands in the account's record. */
export type StandingMark = Pick<Standing, 'key' | 'rule' | 'until'>;

/** A dead address that is blocked for every account. */
export interface GlobalBounce {
  readonly declaredAt: Instant;
  readonly rule: string;
}

/** What all accounts share of one address: the item `status`, which alone answers the filter. */
export interface AddressStatus {
  /** 0 when there is no item. */
  readonly version: number;
  /** By account. */
  readonly suppressedBy: ReadonlyMap<string, readonly StandingMark[]>;
  readonly global: GlobalBounce | null;
  readonly ses: SesFacts;
  /** By account the days on which a hard bounce called the address dead. */
  readonly deadReports: ReadonlyMap<string, readonly Day[]>;
  /** Until when an operator's release has voided the reports. */
  readonly releasedAt: Instant | null;
  readonly erasedAt: Instant | null;
}

export const NO_STATUS: AddressStatus = {
  version: 0,
  suppressedBy: new Map(),
  global: null,
  ses: {},
  deadReports: new Map(),
  releasedAt: null,
  erasedAt: null,
};

/** One address as one account sees it. */
export interface AddressSnapshot {
  readonly record: AddressRecord;
  readonly status: AddressStatus;
}

const DEAD_REASONS: readonly FactKey[] = ['unknown_user', 'mailbox_inactive', 'mailbox_full'];
const KEPT_REPORT_DAYS = 20;

/** The status in step with an account's record; the very same object when it already was. */
export function withRecord(status: AddressStatus, record: AddressRecord): AddressStatus {
  const before = status.suppressedBy.get(record.account) ?? [];
  const after = marksOf(record);
  if (isSameStanding(before, after)) {
    return status;
  }
  const suppressedBy = new Map(status.suppressedBy).set(record.account, after);
  if (after.length === 0) {
    suppressedBy.delete(record.account);
  }
  return { ...status, suppressedBy };
}

/** The status with an account's report that the address is dead, where the bounce is one. */
export function withDeadReport(
  status: AddressStatus,
  { record, address, bounce }: { record: AddressRecord; address: string; bounce: Bounce },
  policy: Policy,
): AddressStatus {
  const reportedAt = bounce.bouncedAt ?? bounce.sentAt;
  const isReport =
    reportedAt !== null &&
    DEAD_REASONS.includes(bounce.key) &&
    effectOf(policy, bounce.key, bounce.permanence) === 'hard' &&
    sentAtOf(bounce) > (status.releasedAt ?? -1) &&
    isAfterLifts(record.facts, bounce.key, sentAtOf(bounce)) &&
    !isSimulatorAddress(address);
  if (!isReport) {
    return status;
  }
  const known = status.deadReports.get(record.account) ?? [];
  const days = [...new Set([...known, dayOf(reportedAt)])].sort().slice(-KEPT_REPORT_DAYS);
  return days.join() === known.join()
    ? status
    : { ...status, deadReports: new Map(status.deadReports).set(record.account, days) };
}

/** The status after a lift: what the account had reported before it no longer counts. */
export function withoutDeadReports(status: AddressStatus, account: string): AddressStatus {
  if (!status.deadReports.has(account)) {
    return status;
  }
  const deadReports = new Map(status.deadReports);
  deadReports.delete(account);
  return { ...status, deadReports };
}

/**
 * Whether a change of an address must be written to its status item too: when the item changes, and when
 * what it mirrors does. (The two items are read one after the other, so the status read may be the older
 * one and look right by chance; its version then makes the write fail.)
 */
export function touchesStatus(before: AddressSnapshot, after: AddressSnapshot): boolean {
  return before.status !== after.status || !isSameStanding(marksOf(before.record), marksOf(after.record));
}

function marksOf({ suppression }: AddressRecord): readonly StandingMark[] {
  return (suppression?.standing ?? []).map(({ key, rule, until }) => ({ key, rule, until }));
}

function isSameStanding(a: readonly StandingMark[], b: readonly StandingMark[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ key, rule, until }, index) => {
      const other = b[index];
      return other?.key === key && other.rule === rule && other.until === until;
    })
  );
}
