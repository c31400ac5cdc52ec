import type { AddressRecord } from './address-record.ts';
import { type AddressSnapshot, type AddressStatus, type DeadReports, withRecord } from './address-status.ts';
import type { Bounce } from './bounce.ts';
import { isAfterLifts, sentAtOf } from './facts.ts';
import { isImported } from './imported-bounce.ts';
import { effectOf, type Policy } from './policy.ts';
import { GLOBAL_BOUNCE_RULE, type GlobalBounceRule } from './policy-table.ts';
import type { FactKey } from './reason.ts';
import { isSimulatorAddress } from './simulator.ts';
import { DAY_IN_MS, type Day, dayOf, type Instant, startOfDay } from './time.ts';

export const DEAD_REASONS: readonly FactKey[] = ['unknown_user', 'mailbox_inactive', 'mailbox_full'];

/** A bounce of an address, with the account's record after it. */
interface Report {
  readonly record: AddressRecord;
  readonly address: string;
  readonly bounce: Bounce;
}

/**
 * The status with an account's report that the address is dead, where the bounce is one. The report that fills a
 * window declares the global bounce; from then on it alone blocks, and reports add nothing.
 */
export function withDeadReport(
  status: AddressStatus,
  report: Report,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): AddressStatus {
  const rule = policy.globalBounces;
  const day = reportDay(status, report, policy);
  if (day === null || status.global !== null || rule.accounts === 0) {
    return status;
  }
  const { account } = report.record;
  const known = status.deadReports.get(account) ?? [];
  const days = withDay(known, day, rule);
  const deadReports = new Map(status.deadReports).set(account, days);
  if (fillsWindow(deadReports, rule)) {
    return declareGlobalBounce(status, now);
  }
  return days === known ? status : { ...status, deadReports };
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

/** The status after a correction: of the account's reports those that its record still tells. */
export function withReportsOf(status: AddressStatus, record: AddressRecord, policy: Policy): AddressStatus {
  const days = keptReportDays(record, status, policy);
  const known = status.deadReports.get(record.account) ?? [];
  if (status.global !== null || policy.globalBounces.accounts === 0 || days.join() === known.join()) {
    return status;
  }
  return days.length === 0
    ? withoutDeadReports(status, record.account)
    : { ...status, deadReports: new Map(status.deadReports).set(record.account, days) };
}

/**
 * The status after a correction has voided a report of an address that is dead for all: declared anew from what every
 * account's record tells, where that is still enough; else the reports that are left, and each account's own again.
 */
export function reviewGlobalBounce(
  status: AddressStatus,
  records: readonly AddressRecord[],
  policy: Policy,
): AddressStatus {
  const rule = policy.globalBounces;
  const reports = new Map(records.map((record) => [record.account, keptReportDays(record, status, policy)]));
  if (status.global === null || rule.accounts === 0 || fillsWindow(reports, rule)) {
    return status;
  }
  const deadReports = new Map([...reports].filter(([, days]) => days.length > 0));
  return records.reduce(withRecord, { ...status, global: null, deadReports });
}

/** The days on which an account called the address dead, as far as its record still tells. */
export function reportDaysOf(record: AddressRecord, status: AddressStatus, policy: Policy): readonly Day[] {
  const { facts, bounces, address } = record;
  if (address !== null && isSimulatorAddress(address)) {
    return [];
  }
  const hard = DEAD_REASONS.flatMap((key) => {
    const fact = facts.hard[key];
    return fact === undefined ? [] : [{ ...fact, key }];
  });
  const days = [...hard, ...bounces.filter((bounce) => isDeadly(bounce, policy))]
    .filter((bounce) => !isImported(bounce))
    .filter(({ key, sentAt }) => isAfterAll({ key, sentAt: sentAt ?? 0 }, { record, status }))
    .flatMap(({ bouncedAt, sentAt }) => bouncedAt ?? (sentAt || []));
  return [...new Set(days.map(dayOf))].sort();
}

function keptReportDays(record: AddressRecord, status: AddressStatus, policy: Policy): readonly Day[] {
  return reportDaysOf(record, status, policy).reduce<readonly Day[]>(
    (known, day) => withDay(known, day, policy.globalBounces),
    [],
  );
}

function reportDay(status: AddressStatus, { record, address, bounce }: Report, policy: Policy): Day | null {
  const { key, bouncedAt, sentAt } = bounce;
  const reportedAt = bouncedAt ?? sentAt;
  const isReport =
    isDeadly(bounce, policy) &&
    !isImported(bounce) &&
    isAfterAll({ key, sentAt: sentAtOf(bounce) }, { record, status }) &&
    !isSimulatorAddress(address);
  return isReport && reportedAt !== null ? dayOf(reportedAt) : null;
}

/** Whether mail was sent after the last release and every lift of the account. */
function isAfterAll(
  { key, sentAt }: { readonly key: FactKey; readonly sentAt: Instant },
  { record, status }: AddressSnapshot,
): boolean {
  return sentAt > (status.releasedAt ?? -1) && isAfterLifts(record.facts, key, sentAt);
}

function isDeadly({ key, permanence }: Pick<Bounce, 'key' | 'permanence'>, policy: Policy): boolean {
  return DEAD_REASONS.includes(key) && effectOf(policy, key, permanence) === 'hard';
}

/**
 * Keeps of every period as long as the window the first day and the last: a window that holds a day between the two
 * holds one of them as well. So no day that matters is dropped, in whatever order they come.
 */
function withDay(known: readonly Day[], day: Day, { windowInDays }: GlobalBounceRule): readonly Day[] {
  const periodOf = (one: Day) => Math.floor(startOfDay(one) / (windowInDays * DAY_IN_MS));
  const isOfPeriod = (one: Day) => periodOf(one) === periodOf(day);
  const period = [...known.filter(isOfPeriod), day].sort();
  const ends = [period.at(0) ?? day, period.at(-1) ?? day];
  const days = [...new Set([...known.filter((one) => !isOfPeriod(one)), ...ends])].sort();
  return days.join() === known.join() ? known : days;
}

/** Whether some window holds the reports of so many accounts. Its days are counted in whole, both ends included. */
function fillsWindow(reports: DeadReports, { accounts, windowInDays }: GlobalBounceRule): boolean {
  const told = [...reports].flatMap(([account, days]) =>
    days.map((day) => ({ account, at: startOfDay(day) })),
  );
  return told.some(({ at: end }) => {
    const within = told.filter(({ at }) => at <= end && end - at < windowInDays * DAY_IN_MS);
    return new Set(within.map(({ account }) => account)).size >= accounts;
  });
}

/** A global bounce blocks for every account, so the item needs none by name; a release brings them back. */
function declareGlobalBounce(status: AddressStatus, declaredAt: Instant): AddressStatus {
  return {
    ...status,
    global: { declaredAt, rule: GLOBAL_BOUNCE_RULE },
    deadReports: new Map(),
    suppressedBy: new Map(),
  };
}
