import type { Reason } from './reason.ts';
import { DAY_IN_MS, HOUR_IN_MS, type Instant } from './time.ts';

/** A hard bounce that suppressed an address. */
export interface BurstBounce {
  readonly provider: string;
  readonly reason: Reason;
  readonly rule: string;
  readonly bouncedAt: Instant;
}

/** Hours in which a provider bounced far more under one rule than it used to. */
export interface Burst {
  readonly provider: string;
  readonly reason: Reason;
  readonly rule: string;
  /** The first moment of its first hour, and the end of its last. */
  readonly from: Instant;
  readonly to: Instant;
  readonly bounces: number;
  /** How many there would have been, by the provider's own past and by what else bounced in these hours. */
  readonly expected: number;
}

/** With how much of the past an hour is compared. */
export const PAST_IN_DAYS = 28;
/** Fewer bounces than this are no past to compare with. */
export const LEAST_PAST = 50;
/** Fewer in one hour are nobody's incident. */
const LEAST_BOUNCES = 20;
/** By chance alone, twenty where four are expected happen once in a hundred million hours (Poisson). */
const TIMES_EXPECTED = 5;
const TIMES_BUSIEST_HOUR = 2;
/** An hour beside a burst belongs to it from here on. */
const LEAST_BESIDE = 5;
const TIMES_EXPECTED_BESIDE = 2;

const PAST_IN_HOURS = (PAST_IN_DAYS * DAY_IN_MS) / HOUR_IN_MS;
/** Of a provider that never bounced: one bounce more than there was, of ten more in all. */
const UNSEEN = { own: 1, all: 10 };

/**
 * Finds bursts. An hour of a provider and rule is one when it holds 20 bounces or more, five times what was to be expected, and
 * twice its own busiest hour. To be expected is the greater of two: its hourly mean over the 28 days before, and its share of
 * all bounces of those days, applied to what else bounced in that very hour. So neither steady numbers nor a large
 * campaign, which lifts all providers alike, nor one that comes every week is a burst. What is one is no past of later hours.
 *
 * @param bounces of the time looked at and of 28 days before it; where there are fewer than 50 before an hour, nothing is said of it.
 */
export function findBursts(
  bounces: Iterable<BurstBounce>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly Burst[] {
  const groups = groupsOf(bounces);
  const past = createPast(groups);
  for (let hour = hourOf(from); hour <= hourOf(to); hour++) {
    for (const group of groups.filter(({ hours }) => (hours.get(hour) ?? 0) >= LEAST_BOUNCES)) {
      const expected = past.expectedOf(group, hour);
      if (expected !== null && isBurst(group, hour, expected)) past.leaveOut(group, hour, expected.bounces);
    }
  }
  return groups
    .flatMap((group) => joinHours(group, past))
    .sort((a, b) => b.from - a.from || b.bounces - a.bounces);
}

interface Group extends Omit<BurstBounce, 'bouncedAt'> {
  /** Bounces by hour since 1970. */
  readonly hours: Map<number, number>;
  /** What was to be expected in the hours that are part of a burst. */
  readonly bursts: Map<number, number>;
}

interface Expected {
  readonly bounces: number;
  readonly busiestHour: number;
}

function groupsOf(bounces: Iterable<BurstBounce>): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { bouncedAt, ...named } of bounces) {
    const key = `${named.provider} ${named.rule}`;
    const group = groups.get(key) ?? { ...named, hours: new Map(), bursts: new Map() };
    const hour = hourOf(bouncedAt);
    group.hours.set(hour, (group.hours.get(hour) ?? 0) + 1);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function createPast(groups: readonly Group[]) {
  const totals = new Map<number, number>();
  for (const { hours } of groups) {
    for (const [hour, count] of hours) totals.set(hour, (totals.get(hour) ?? 0) + count);
  }
  const usual = new Map(totals);
  const earliest = [...totals.keys()].reduce(
    (first, hour) => Math.min(first, hour),
    Number.POSITIVE_INFINITY,
  );
  const before = (hours: ReadonlyMap<number, number>, hour: number) =>
    [...hours].filter(([at]) => at < hour && at >= hour - PAST_IN_HOURS);
  return {
    /** Takes a burst out of the past of later hours. */
    leaveOut(group: Group, hour: number, expected: number): void {
      group.bursts.set(hour, expected);
      usual.set(hour, (usual.get(hour) ?? 0) - (group.hours.get(hour) ?? 0));
    },
    /** Null where the past is too short to say. */
    expectedOf(group: Group, hour: number): Expected | null {
      const own = before(group.hours, hour).filter(([at]) => !group.bursts.has(at));
      const all = sumOf(before(usual, hour));
      if (all < LEAST_PAST) return null;
      const hoursKnown = Math.min(hour - earliest, PAST_IN_HOURS);
      const share = (sumOf(own) + UNSEEN.own) / (all + UNSEEN.all);
      const others = (totals.get(hour) ?? 0) - (group.hours.get(hour) ?? 0);
      return {
        bounces: Math.max(sumOf(own) / hoursKnown, (others * share) / (1 - share)),
        busiestHour: Math.max(0, ...own.map(([, count]) => count)),
      };
    },
  };
}

function isBurst({ hours }: Group, hour: number, { bounces, busiestHour }: Expected): boolean {
  const count = hours.get(hour) ?? 0;
  return count >= TIMES_EXPECTED * bounces && count >= TIMES_BUSIEST_HOUR * busiestHour;
}

/** Hours of a burst that follow each other are one; the hours beside it with more than usual are its beginning and end. */
function joinHours(group: Group, past: ReturnType<typeof createPast>): readonly Burst[] {
  const { hours, bursts, provider, reason, rule } = group;
  for (const hour of [...bursts.keys()].flatMap((burst) => [burst - 1, burst + 1])) {
    const count = hours.get(hour) ?? 0;
    const expected = past.expectedOf(group, hour)?.bounces ?? Number.POSITIVE_INFINITY;
    const belongs = count >= LEAST_BESIDE && count >= TIMES_EXPECTED_BESIDE * expected;
    if (belongs && !bursts.has(hour)) past.leaveOut(group, hour, expected);
  }
  const runs: number[][] = [];
  for (const hour of [...bursts.keys()].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === hour - 1) last.push(hour);
    else runs.push([hour]);
  }
  return runs.map((run) => ({
    provider,
    reason,
    rule,
    from: (run[0] ?? 0) * HOUR_IN_MS,
    to: ((run.at(-1) ?? 0) + 1) * HOUR_IN_MS,
    bounces: run.reduce((total, hour) => total + (hours.get(hour) ?? 0), 0),
    expected: run.reduce((total, hour) => total + (bursts.get(hour) ?? 0), 0),
  }));
}

function sumOf(hours: readonly (readonly [number, number])[]): number {
  return hours.reduce((total, [, count]) => total + count, 0);
}

function hourOf(instant: Instant): number {
  return Math.floor(instant / HOUR_IN_MS);
}
