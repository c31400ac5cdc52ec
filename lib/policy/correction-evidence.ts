import type { AddressRecord } from './address-record.ts';
import type { Bounce } from './bounce.ts';
import { correctFacts, type Facts, isAfterLifts, type Strike, sentAtOf } from './facts.ts';
import { effectOf } from './policy.ts';
import type { FactKey } from './reason.ts';
import { type Standing, type StandingContext, standingOf } from './standing.ts';
import { type Day, dayOf, type Instant } from './time.ts';

/** The bounces that a correction means. */
export interface MeantBounces {
  /** Of `bouncedAt`; both ends belong to it. */
  readonly from: Instant;
  readonly to: Instant;
  /** Null for every campaign. */
  readonly campaign: string | null;
}

/** Why a reason stays though a bounce of it lies in the correction. */
export type KeptFor = 'bounced_before' | 'bounced_since' | 'other_campaign' | 'complaint' | 'erased';

/** What a correction comes to for one reason: `untouched` where no bounce of it is meant. */
export type Finding =
  | 'lifted'
  | 'untouched'
  | Extract<KeptFor, 'bounced_before' | 'bounced_since' | 'other_campaign'>;

type Told = Pick<Bounce, 'sentAt' | 'bouncedAt' | 'campaign'>;

/**
 * Weighs all that the record still tells of a reason: the newest hard bounce, the last ten bounces, the strikes. It is
 * lifted when one of them is meant and what is not would not block by itself.
 */
export function weighEvidence(
  record: AddressRecord,
  key: FactKey,
  { correction, ...context }: { readonly correction: MeantBounces } & StandingContext,
): Finding {
  const { from, to, campaign } = correction;
  const hard = hardBouncesOf(record, key, context);
  const isMeant = (told: Told) =>
    isWithin(correction, timeOf(told)) && (campaign === null || told.campaign === campaign);
  const days = Object.entries(record.facts.strikes[key] ?? {});
  const daysLeft = days.filter(([day]) => campaign !== null || !holdsDay(correction, day));
  const areStrikesMeant = daysLeft.length < days.length;
  if (!hard.some(isMeant) && !areStrikesMeant) {
    return 'untouched';
  }
  const left = [
    ...hard.filter((told) => !isMeant(told)).map(timeOf),
    ...standingByStrikes(record.facts, { key, days: daysLeft }, context).map(
      ({ bouncedAt }) => bouncedAt ?? 0,
    ),
  ];
  if (left.length > 0) {
    return left.some((at) => at < from)
      ? 'bounced_before'
      : left.some((at) => at > to)
        ? 'bounced_since'
        : 'other_campaign';
  }
  // A mail that was sent after the end of the correction, by a clock that ran ahead, is beyond its reach.
  const stands = standingOf(correctFacts(record.facts, [key], to), context).some((one) => one.key === key);
  return stands ? 'bounced_since' : 'lifted';
}

/** The hard bounces of a reason that still count, as far as the record tells. */
function hardBouncesOf(
  { facts, bounces }: AddressRecord,
  key: FactKey,
  { policy }: StandingContext,
): readonly Told[] {
  const newest = facts.hard[key];
  const kept = bounces.filter(
    (bounce) =>
      bounce.key === key &&
      effectOf(policy, key, bounce.permanence) === 'hard' &&
      isAfterLifts(facts, key, sentAtOf(bounce)),
  );
  return newest === undefined ? kept : [newest, ...kept];
}

function standingByStrikes(
  facts: Facts,
  { key, days }: { readonly key: FactKey; readonly days: readonly (readonly [Day, Strike])[] },
  context: StandingContext,
): readonly Standing[] {
  return standingOf({ ...facts, hard: {}, strikes: { [key]: Object.fromEntries(days) } }, context);
}

/** A bounce of which nobody knows when it happened lies before every window. */
function timeOf({ bouncedAt, sentAt }: Told): Instant {
  return bouncedAt ?? sentAt ?? 0;
}

function isWithin({ from, to }: MeantBounces, at: Instant): boolean {
  return from <= at && at <= to;
}

/** Strikes are counted in days, so a day that the window touches counts whole. */
function holdsDay({ from, to }: MeantBounces, day: Day): boolean {
  return dayOf(from) <= day && day <= dayOf(to);
}
