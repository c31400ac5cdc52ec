import type { AddressRecord } from './address-record.ts';
import type { SesFacts } from './ses-layers.ts';
import type { Standing } from './standing.ts';
import type { Day, Instant } from './time.ts';

/** What the filter must know of one standing reason; the evidence stands in the account's record. */
export type StandingMark = Pick<Standing, 'key' | 'rule' | 'until'>;

/** A dead address that is blocked for every account. */
export interface GlobalBounce {
  readonly declaredAt: Instant;
  readonly rule: string;
}

/** By account the days on which a hard bounce called the address dead. */
export type DeadReports = ReadonlyMap<string, readonly Day[]>;

/** What all accounts share of one address: the item `status`, which alone answers the filter. */
export interface AddressStatus {
  /** 0 when there is no item. */
  readonly version: number;
  /** By account. Empty while a global bounce stands, which blocks for all of them. */
  readonly suppressedBy: ReadonlyMap<string, readonly StandingMark[]>;
  readonly global: GlobalBounce | null;
  readonly ses: SesFacts;
  /** Of the time since the last release, thinned out; empty once they have declared a global bounce. */
  readonly deadReports: DeadReports;
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

/** The status in step with an account's record; the very same object when it already was. */
export function withRecord(status: AddressStatus, record: AddressRecord): AddressStatus {
  if (status.global !== null) {
    return status;
  }
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

/**
 * Whether a change of an address must be written to its status item too: when the item changes, and when
 * what it mirrors does. (The two items are read one after the other, so the status read may be the older
 * one and look right by chance; its version then makes the write fail.)
 */
export function touchesStatus(before: AddressSnapshot, after: AddressSnapshot): boolean {
  return before.status !== after.status || !isSameStanding(marksOf(before.record), marksOf(after.record));
}

/** What stands for the record's own account, whatever blocks above it. */
export function ownMarks(status: AddressStatus, record: AddressRecord): readonly StandingMark[] {
  return status.global === null ? (status.suppressedBy.get(record.account) ?? []) : marksOf(record);
}

/** What the status holds of a record. */
export function marksOf({ suppression }: AddressRecord): readonly StandingMark[] {
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
