import type { Bounce } from './bounce.ts';
import { compareTellings, compareText } from './bounce-order.ts';
import { effectOf, type Policy } from './policy.ts';
import type { FactKey } from './reason.ts';
import { DAY_IN_MS, type Day, dayOf, type Instant, startOfDay } from './time.ts';

/** How many days, the newest included, may lie between the strikes that count together. */
export const STRIKE_WINDOW_IN_DAYS = 90;
/** How far before the newest a strike day can still matter: a window may end 90 days before its suppression does. */
export const KEPT_STRIKE_DAYS = 2 * STRIKE_WINDOW_IN_DAYS;

/** The newest hard bounce of one reason. */
export interface HardFact {
  /** 0 when the notification did not say: older than every lift. */
  readonly sentAt: Instant;
  readonly bouncedAt: Instant | null;
  readonly feedbackId: string;
  readonly status: string | null;
  readonly campaign: string;
}

/** A day with a bounce that counts in strikes: of its mails the one that was sent last. */
export interface Strike {
  readonly sentAt: Instant;
  readonly messageId: string;
}

/**
 * All that decides about one address of one account. Adding facts commutes and repeats harmlessly:
 * the same bounces in any order, any number of times, end as the same facts.
 */
export interface Facts {
  readonly hard: Readonly<Partial<Record<FactKey, HardFact>>>;
  readonly strikes: Readonly<Partial<Record<FactKey, Readonly<Record<Day, Strike>>>>>;
  readonly unbouncedAt: Instant | null;
  readonly releasedAt: Instant | null;
  /** Per reason the end of the newest correction: bounces of mail sent until then do not count. */
  readonly corrections: Readonly<Partial<Record<FactKey, Instant>>>;
}

export const NO_FACTS: Facts = {
  hard: {},
  strikes: {},
  unbouncedAt: null,
  releasedAt: null,
  corrections: {},
};

/**
 * The facts with one more bounce; the very same object when it tells nothing new.
 * Mail that was sent before a lift (it was in flight) tells nothing new.
 */
export function addBounce(
  facts: Facts,
  bounce: Bounce,
  { policy, now }: { policy: Policy; now: Instant },
): Facts {
  const effect = effectOf(policy, bounce.key, bounce.permanence);
  if (effect === 'soft' || !isAfterLifts(facts, bounce.key, sentAtOf(bounce))) {
    return facts;
  }
  return effect === 'hard' ? addHardBounce(facts, bounce) : addStrike(facts, bounce, now);
}

/** When the mail of a bounce was sent; 0, before every lift, when the notification does not say. */
export function sentAtOf(bounce: Bounce): Instant {
  return Math.max(bounce.sentAt ?? 0, 0);
}

/** Whether mail sent at that moment was sent after every lift that covers the reason. */
export function isAfterLifts(facts: Facts, key: FactKey, sentAt: Instant): boolean {
  return sentAt > cutOffOf(facts, key);
}

/** The facts after an unbounce: what it covers is forgotten, now and when it is reported again. */
export function unbounceFacts(facts: Facts, unbouncedAt: Instant): Facts {
  return withoutLifted({ ...facts, unbouncedAt });
}

/** The facts after a release by the operator, which covers every reason, certain complaints too. */
export function releaseFacts(facts: Facts, releasedAt: Instant): Facts {
  return withoutLifted({ ...facts, releasedAt: Math.max(facts.releasedAt ?? 0, releasedAt) });
}

/** The facts after a correction: of these reasons nothing counts that was sent until its end, now or told again. */
export function correctFacts(facts: Facts, keys: readonly FactKey[], until: Instant): Facts {
  const ends = keys.map((key) => [key, Math.max(facts.corrections[key] ?? until, until)]);
  return withoutLifted({ ...facts, corrections: { ...facts.corrections, ...Object.fromEntries(ends) } });
}

/**
 * The facts after a delivery: the strikes of days before it are cleared, except those of the delivered
 * message itself. Stands outside the order-free promise; used only with context `deliveryEvents`.
 */
export function clearStrikes(
  facts: Facts,
  delivery: { readonly deliveredAt: Instant; readonly messageId: string | null },
): Facts {
  const day = dayOf(delivery.deliveredAt);
  let cleared = false;
  const strikes: Partial<Record<FactKey, Record<Day, Strike>>> = {};
  for (const [key, days] of Object.entries(facts.strikes) as [FactKey, Record<Day, Strike>][]) {
    const kept = Object.entries(days).filter(
      ([strikeDay, strike]) => strikeDay >= day || strike.messageId === delivery.messageId,
    );
    cleared ||= kept.length < Object.keys(days).length;
    if (kept.length > 0) {
      strikes[key] = Object.fromEntries(kept);
    }
  }
  return cleared ? { ...facts, strikes } : facts;
}

/** A certain complaint outlives an unbounce: who reported spam once is not asked twice. */
function cutOffOf(facts: Facts, key: FactKey): Instant {
  return Math.max(
    facts.releasedAt ?? -1,
    facts.corrections[key] ?? -1,
    key === 'complaint' ? -1 : (facts.unbouncedAt ?? -1),
  );
}

function withoutLifted(facts: Facts): Facts {
  const hard = Object.entries(facts.hard).filter(([key, fact]) =>
    isAfterLifts(facts, key as FactKey, fact.sentAt),
  );
  const strikes = Object.entries(facts.strikes)
    .map(([key, days]) => {
      const kept = Object.entries(days).filter(([, { sentAt }]) =>
        isAfterLifts(facts, key as FactKey, sentAt),
      );
      return [key, Object.fromEntries(kept)] as const;
    })
    .filter(([, days]) => Object.keys(days).length > 0);
  return { ...facts, hard: Object.fromEntries(hard), strikes: Object.fromEntries(strikes) };
}

function addHardBounce(facts: Facts, bounce: Bounce): Facts {
  const known = facts.hard[bounce.key];
  const fact: HardFact = {
    sentAt: sentAtOf(bounce),
    bouncedAt: bounce.bouncedAt,
    feedbackId: bounce.feedbackId,
    status: bounce.status,
    campaign: bounce.campaign,
  };
  if (known !== undefined && !isNewer(fact, known)) {
    return facts;
  }
  return { ...facts, hard: { ...facts.hard, [bounce.key]: fact } };
}

function isNewer(fact: HardFact, than: HardFact): boolean {
  const order =
    fact.sentAt - than.sentAt || compareText(fact.feedbackId, than.feedbackId) || compareTellings(fact, than);
  return order > 0;
}

function addStrike(facts: Facts, bounce: Bounce, now: Instant): Facts {
  const day = dayOf(bounce.bouncedAt ?? sentAtOf(bounce));
  const strike: Strike = { sentAt: sentAtOf(bounce), messageId: bounce.messageId ?? '' };
  const days = facts.strikes[bounce.key] ?? {};
  const known = days[day];
  if (known !== undefined && !isLater(strike, known)) {
    return facts;
  }
  const next = withoutOldDays({ ...days, [day]: strike }, now);
  if (next[day] === undefined) {
    return facts;
  }
  return { ...facts, strikes: { ...facts.strikes, [bounce.key]: next } };
}

function isLater(strike: Strike, than: Strike): boolean {
  return strike.sentAt > than.sentAt || (strike.sentAt === than.sentAt && strike.messageId > than.messageId);
}

/**
 * Drops the days that no window can reach any more; which ones depends on the set alone, not on its order.
 * A day in the future is a fault of the reporter's clock and must not push out the real ones.
 */
function withoutOldDays(days: Record<Day, Strike>, now: Instant): Record<Day, Strike> {
  const newest = Math.max(...Object.keys(days).map((day) => Math.min(startOfDay(day), now)));
  const oldestKept = newest - KEPT_STRIKE_DAYS * DAY_IN_MS;
  return Object.fromEntries(Object.entries(days).filter(([day]) => startOfDay(day) >= oldestKept));
}
