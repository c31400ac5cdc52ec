import { compareText } from './bounce-order.ts';
import { type Facts, isAfterLifts, STRIKE_WINDOW_IN_DAYS, type Strike } from './facts.ts';
import type { Policy, PolicyRow } from './policy.ts';
import { SIMULATOR_RULE } from './policy-table.ts';
import type { FactKey } from './reason.ts';
import { DAY_IN_MS, type Day, HOUR_IN_MS, type Instant, startOfDay } from './time.ts';

/** One reason for which an account does not send to an address at present. */
export interface Standing {
  readonly key: FactKey;
  readonly rule: string;
  /** When it ends by itself; null when it does not. */
  readonly until: Instant | null;
  /** When the deciding mail was sent; 0 when nobody said. */
  readonly sentAt: Instant;
  readonly bouncedAt: Instant | null;
  readonly feedbackId: string;
  readonly status: string | null;
  readonly campaign: string | null;
}

export interface StandingContext {
  readonly policy: Policy;
  readonly now: Instant;
  /** The address is SES's mailbox simulator: every block of it lasts one hour. */
  readonly isSimulator: boolean;
}

export const SIMULATOR_BLOCK_IN_HOURS = 1;

/**
 * The account's state for an address: every reason that stands now, the one that forbids most first
 * (never before yes; among equals the later mail, then the greater feedback id).
 * Moments in the future are read as now.
 */
export function standingOf(facts: Facts, context: StandingContext): readonly Standing[] {
  const standing = new Map<FactKey, Standing>();
  for (const [key, days] of Object.entries(facts.strikes) as [FactKey, Record<Day, Strike>][]) {
    const byStrikes = standingByStrikes(facts, { key, days }, context);
    if (byStrikes !== null) {
      standing.set(key, byStrikes);
    }
  }
  for (const [key, fact] of Object.entries(facts.hard) as [FactKey, NonNullable<Facts['hard'][FactKey]>][]) {
    if (!isAfterLifts(facts, key, Math.min(fact.sentAt, context.now))) {
      continue;
    }
    const row = context.policy.rows[key];
    const rule = context.isSimulator ? SIMULATOR_RULE : row.rule;
    const until = context.isSimulator ? endOfSimulatorBlock(fact, context.now) : null;
    standing.set(key, { key, rule, until, ...fact });
  }
  return [...standing.values()]
    .filter(({ until }) => until === null || until > context.now)
    .sort((a, b) => compareStanding(a, b, context.policy));
}

/** The standing reasons that have not ended by `now`, in the order given. */
export function unexpired<T extends { readonly until: Instant | null }>(
  standing: readonly T[],
  now: Instant,
): readonly T[] {
  return standing.filter(({ until }) => until === null || until > now);
}

/** When the last of them ends; null when one of them never does. */
export function lastEnd(standing: readonly { readonly until: Instant | null }[]): Instant | null {
  const ends = standing.map(({ until }) => until);
  return ends.includes(null) ? null : Math.max(...(ends as Instant[]));
}

function standingByStrikes(
  facts: Facts,
  { key, days }: { key: FactKey; days: Readonly<Record<Day, Strike>> },
  { policy, now, isSimulator }: StandingContext,
): Standing | null {
  const row = policy.rows[key];
  const rule = strikeRuleOf(row);
  if (rule === null || isSimulator) {
    return null;
  }
  const counting = Object.entries(days)
    .filter(([, strike]) => isAfterLifts(facts, key, Math.min(strike.sentAt, now)))
    .map(([day, { sentAt }]) => ({ at: Math.min(startOfDay(day), now), sentAt }))
    .sort((a, b) => a.at - b.at);
  // Not only the 90 days up to the newest strike: one more strike must never end a suppression that older ones have brought.
  const newest = counting.findLast(({ at }) => isEnough(windowUntil(at, counting), rule));
  return newest === undefined
    ? null
    : {
        key,
        rule: row.rule,
        until: newest.at + row.strikesEndAfterDays * DAY_IN_MS,
        sentAt: Math.max(...windowUntil(newest.at, counting).map(({ sentAt }) => sentAt)),
        bouncedAt: newest.at,
        feedbackId: '',
        status: null,
        campaign: null,
      };
}

interface CountingStrike {
  readonly at: Instant;
  readonly sentAt: Instant;
}

interface StrikeRule {
  readonly strikes: number;
  readonly overDays: number;
}

/** The strikes of the 90 days that end there. */
function windowUntil(end: Instant, counting: readonly CountingStrike[]): readonly CountingStrike[] {
  return counting.filter(({ at }) => at <= end && end - at < STRIKE_WINDOW_IN_DAYS * DAY_IN_MS);
}

/** Whether there are enough of them, far enough apart. */
function isEnough(window: readonly CountingStrike[], { strikes, overDays }: StrikeRule): boolean {
  const days = window.map(({ at }) => at);
  return window.length >= strikes && Math.max(...days) - Math.min(...days) >= overDays * DAY_IN_MS;
}

/** Where both effects count strikes, they count by the same numbers. */
function strikeRuleOf({ transient, permanent }: PolicyRow): StrikeRule | null {
  return [transient, permanent].find((effect) => typeof effect === 'object') ?? null;
}

function endOfSimulatorBlock(fact: { sentAt: Instant; bouncedAt: Instant | null }, now: Instant): Instant {
  return Math.min(fact.bouncedAt ?? fact.sentAt, now) + SIMULATOR_BLOCK_IN_HOURS * HOUR_IN_MS;
}

function compareStanding(a: Standing, b: Standing, policy: Policy): number {
  return (
    Number(policy.rows[b.key].unbounce === 'never') - Number(policy.rows[a.key].unbounce === 'never') ||
    b.sentAt - a.sentAt ||
    compareText(b.feedbackId, a.feedbackId) ||
    compareText(a.key, b.key)
  );
}
