import type { AddressRecord } from './address-record.ts';
import type { Bounce } from './bounce.ts';
import type { Policy } from './policy.ts';
import { REASONS, type Reason, reasonOf } from './reason.ts';
import { DAY_IN_MS, type Day, dayOf, type Instant, startOfDay } from './time.ts';

/** The most days that statistics go back, today included. */
export const MOST_DAYS = 90;

/** How many bounces each reason had; a reason without any may be missing. */
export type ReasonCounts = ReadonlyMap<Reason, number>;

/** A day in numbers. */
export interface DayCounts {
  readonly day: Day;
  readonly counts: ReasonCounts;
}

/** What the bounces of a batch add to one day of one account. */
export interface DayTally extends DayCounts {
  readonly account: string;
}

/** A bounce that is to be counted. */
export interface CountedBounce {
  readonly account: string;
  readonly bounce: Pick<Bounce, 'key' | 'bouncedAt'>;
}

export interface BounceStatistics {
  /** Every day of the range, the earliest first. */
  readonly days: readonly {
    readonly day: Day;
    readonly total: number;
    readonly byReason: Readonly<Partial<Record<Reason, number>>>;
  }[];
  /** The commonest first; reasons that did not occur are left out. */
  readonly byReason: readonly {
    readonly reason: Reason;
    readonly bounces: number;
    readonly meaning: string;
    readonly advice: string;
  }[];
}

/** Whether the account hears of this bounce for the first time: another telling of a known one is not counted. */
export function isFirstTelling({ bounces }: AddressRecord, { key, feedbackId }: Bounce): boolean {
  return !bounces.some((known) => known.key === key && known.feedbackId === feedbackId);
}

/**
 * Sums bounces up by account and day. One without a time of its own belongs to the present day, as does one from the
 * future; one from before the days that are kept is left out.
 */
export function tallyBounces(bounces: readonly CountedBounce[], now: Instant): readonly DayTally[] {
  const [earliest = ''] = daysUntil(now, MOST_DAYS);
  const tallies = new Map<string, { account: string; day: Day; counts: Map<Reason, number> }>();
  for (const { account, bounce } of bounces) {
    const day = dayOf(Math.min(bounce.bouncedAt ?? now, now));
    if (day < earliest) {
      continue;
    }
    const name = `${day}#${account}`;
    const tally = tallies.get(name) ?? { account, day, counts: new Map() };
    const reason = reasonOf(bounce.key);
    tally.counts.set(reason, (tally.counts.get(reason) ?? 0) + 1);
    tallies.set(name, tally);
  }
  return [...tallies.values()];
}

/** So many UTC days, the present one last. */
export function daysUntil(now: Instant, count: number): readonly Day[] {
  const today = startOfDay(dayOf(now));
  return Array.from({ length: count }, (_, index) => dayOf(today - (count - 1 - index) * DAY_IN_MS));
}

/** What the counts say of a range of days; what was counted outside of it is left out. */
export function bounceStatistics(
  counted: readonly DayCounts[],
  { days, policy }: { readonly days: readonly Day[]; readonly policy: Policy },
): BounceStatistics {
  const byDay = Map.groupBy(counted, ({ day }) => day);
  const shown = days.map((day) => {
    const counts = sumOf((byDay.get(day) ?? []).map(({ counts }) => counts));
    return { day, total: totalOf(counts), byReason: Object.fromEntries(counts), counts };
  });
  const byReason = [...sumOf(shown.map(({ counts }) => counts))]
    .map(([reason, bounces]) => {
      const { meaning, advice } = policy.rows[reason];
      return { reason, bounces, meaning, advice };
    })
    .sort((a, b) => b.bounces - a.bounces);
  return { days: shown.map(({ counts, ...day }) => day), byReason };
}

/** In the order of the reasons, so that equal ones look equal. */
function sumOf(all: readonly ReasonCounts[]): ReasonCounts {
  const sums = REASONS.map(
    (reason) => [reason, all.reduce((sum, counts) => sum + (counts.get(reason) ?? 0), 0)] as const,
  );
  return new Map(sums.filter(([, sum]) => sum > 0));
}

function totalOf(counts: ReasonCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
