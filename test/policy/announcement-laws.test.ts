import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Announcement, announceRecord } from '../../lib/policy/announcement.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { lastEnd, unexpired } from '../../lib/policy/standing.ts';
import { DAY_IN_MS, type Instant } from '../../lib/policy/time.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import { bouncesSent, RUNS, SEED } from './arbitraries.ts';
import {
  aBounce,
  afterBounces,
  anAccount,
  aRecord,
  aRequest,
  aStatus,
  daysAfter,
  NOW,
  POLICY,
  type Seen,
} from './builders.ts';

type Step = { readonly bounce: Bounce } | { readonly strikeDaysAgo: number } | { readonly unbounce: true };

/** Mostly soft bounces of one reason, and now and then one that stays: suppressions with an end that moves, or goes away. */
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ strikeDaysAgo: fc.integer({ min: 0, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ bounce: bouncesSent({ fromDay: -150, toDay: 0 }) }) },
    { weight: 1, arbitrary: fc.constant({ unbounce: true as const }) },
  ),
  { minLength: 1, maxLength: 20 },
);

function aStrike(daysAgo: number, now: Instant): Bounce {
  return aBounce({ key: 'mailbox_full', permanence: 'transient', sentAt: daysAfter(-daysAgo, now) });
}

/** What somebody knows who hears of an address by events alone. */
type Heard = { readonly until: Instant | null } | null;

function hear(heard: Heard, told: Announcement): Heard {
  switch (told.type) {
    case 'Address Suppressed':
      return { until: told.until };
    case 'Address Unbounced':
      return null;
    default:
      return heard;
  }
}

function after(seen: Seen, step: Step, now: Instant): Seen {
  if (!('unbounce' in step)) {
    const bounce = 'bounce' in step ? step.bounce : aStrike(step.strikeDaysAgo, now);
    return afterBounces([bounce], { now }, seen);
  }
  const decision = decideUnbounce(
    aRequest(),
    { account: anAccount(), ...seen, used: 0 },
    { policy: POLICY, receivedAt: now, now, asksSes: false },
  );
  return decision.outcome === 'granted'
    ? { record: decision.record.after, status: decision.status.after }
    : seen;
}

test(`whoever hears the events knows at all times whether the address is suppressed, and until when (seed ${SEED})`, () => {
  fc.assert(
    fc.property(steps, (history) => {
      let seen: Seen = { record: aRecord(), status: aStatus() };
      let heard: Heard = null;
      history.forEach((step, index) => {
        const now = NOW + index * 15 * DAY_IN_MS;
        const next = after(seen, step, now);
        heard = announceRecord(seen.record, next.record).reduce(hear, heard);
        seen = next;
        const standing = unexpired(next.record.suppression?.standing ?? [], now);
        const believed = heard !== null && unexpired([heard], now).length > 0 ? heard : null;
        expect(believed).toEqual(standing.length === 0 ? null : { until: lastEnd(standing) });
      });
    }),
    RUNS,
  );
});
