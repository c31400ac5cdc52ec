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
  const counting = Object.entries(days)
    .filter(([, strike]) => isAfterLifts(facts, key, Math.min(strike.sentAt, now)))
    .map(([day, strike]) => ({ at: Math.min(startOfDay(day), now), strike }))
    .sort((a, b) => a.at - b.at);
  if (rule === null || isSimulator) {
    return null;
  }
  const window = newestFullWindow(counting, rule);
  const newest = window?.at(-1);
  return newest === undefined || window === null
    ? null
    : {
        key,
        rule: row.rule,
        until: newest.at + row.strikesEndAfterDays * DAY_IN_MS,
        sentAt: Math.max(...window.map(({ strike }) => strike.sentAt)),
        bouncedAt: newest.at,
        feedbackId: '',
        status: null,
        campaign: null,
      };
}

interface CountingStrike {
  readonly at: Instant;
  readonly strike: Strike;
}

/**
 * The newest 90 days that hold enough strikes, far enough apart. Not only the 90 days up to the newest
 * strike: one more strike must never end a suppression that older ones have brought.
 */
function newestFullWindow(
  counting: readonly CountingStrike[],
  { strikes, overDays }: { strikes: number; overDays: number },
): readonly CountingStrike[] | null {
  for (let last = counting.length - 1; last >= 0; last--) {
    const end = counting[last]?.at ?? 0;
    const window = counting
      .slice(0, last + 1)
      .filter(({ at }) => end - at < STRIKE_WINDOW_IN_DAYS * DAY_IN_MS);
    const start = window[0]?.at ?? end;
    if (window.length >= strikes && end - start >= overDays * DAY_IN_MS) {
      return window;
    }
  }
  return null;
}

function strikeRuleOf(row: PolicyRow): { strikes: number; overDays: number } | null {
  const effect = typeof row.transient === 'object' ? row.transient : row.permanent;
  return typeof effect === 'object' ? effect : null;
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
