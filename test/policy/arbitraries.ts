import fc from 'fast-check';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { FACT_KEYS } from '../../lib/policy/reason.ts';
import { HOUR_IN_MS, type Instant } from '../../lib/policy/time.ts';
import { aBounce, daysAfter } from './builders.ts';

/** The laws run on the same inputs every time. */
export const SEED = 20261123;
export const RUNS = { seed: SEED, numRuns: 400 };

export interface Span {
  readonly fromDay: number;
  readonly toDay: number;
}

/** A moment within these days from now, on the hour: close enough together for ties. */
export function moments({ fromDay, toDay }: Span): fc.Arbitrary<Instant> {
  return fc
    .tuple(fc.integer({ min: fromDay, max: toDay - 1 }), fc.constantFrom(0, 1, 12))
    .map(([day, hour]) => daysAfter(day) + hour * HOUR_IN_MS);
}

/** A bounce of mail sent within these days: of any reason, some without a time, some told twice in other words. */
export function bouncesSent(span: Span): fc.Arbitrary<Bounce> {
  return fc
    .record({
      key: fc.oneof(
        fc.constantFrom(...FACT_KEYS),
        fc.constantFrom('mailbox_full' as const, 'timeout' as const),
      ),
      permanence: fc.constantFrom('permanent' as const, 'transient' as const),
      feedbackId: fc.constantFrom('f1', 'f2', 'f3', 'f4'),
      messageId: fc.constantFrom('m1', 'm2', null),
      campaign: fc.constantFrom('spring', 'untagged-2026-11-01', 'winter'),
      sentAt: fc.option(moments(span), { freq: 9 }),
      delayInHours: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 9 }),
      status: fc.constantFrom('5.1.1', '4.2.2', null),
      diagnostic: fc.constantFrom('550 no', '452 later', null),
    })
    .map(({ delayInHours, ...members }) =>
      aBounce({
        ...members,
        bouncedAt:
          members.sentAt === null || delayInHours === null
            ? null
            : members.sentAt + delayInHours * HOUR_IN_MS,
      }),
    );
}
