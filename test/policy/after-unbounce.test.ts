import { describe, expect, test } from '@jest/globals';
import { afterUnbounce } from '../../lib/policy/after-unbounce.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import {
  aBounce,
  afterBounces,
  aRequest,
  aSnapshot,
  daysAfter,
  granted,
  hoursAfter,
  NOW,
  POLICY,
} from './builders.ts';

const FINE = { state: 'fine', at: null, reason: null };

/** What is said of an address that was unbounced now and then bounced like this, at these moments. */
function fateAfter(...bounces: readonly Partial<Bounce>[]) {
  const grant = granted(
    decideUnbounce(aRequest(), aSnapshot(), { policy: POLICY, receivedAt: NOW, now: NOW, asksSes: false }),
  );
  const seen = { record: grant.record.after, status: grant.status.after };
  const { record } = afterBounces(bounces.map(aBounce), { now: daysAfter(60) }, seen);
  return afterUnbounce(record, NOW, POLICY);
}

describe('after an unbounce an address', () => {
  test.each<[string, readonly Partial<Bounce>[]]>([
    ['of which nothing was heard', []],
    ['that bounced softly', [{ key: 'content', permanence: 'transient', sentAt: hoursAfter(1) }]],
    ['with too few strikes', [{ key: 'timeout', sentAt: hoursAfter(1) }]],
    ['whose mail was sent at that very moment', [{ sentAt: NOW, bouncedAt: hoursAfter(1) }]],
    ['whose mail in flight bounced', [{ sentAt: hoursAfter(-1), bouncedAt: hoursAfter(1) }]],
  ])('%s is fine', (_, bounces) => {
    expect(fateAfter(...bounces)).toEqual(FINE);
  });

  test('that bounced hard has bounced again, since the first time', () => {
    const first = { key: 'unknown_user', sentAt: hoursAfter(1), bouncedAt: hoursAfter(2) } as const;
    const second = { sentAt: hoursAfter(3), bouncedAt: hoursAfter(4) } as const;
    const expected = { state: 'bounced_again', at: hoursAfter(2), reason: 'unknown_user' };
    expect(fateAfter(first, second)).toEqual(expected);
    expect(fateAfter(second, first)).toEqual(expected);
  });

  test('that bounced hard for the same reason twice has bounced again since the first time', () => {
    const times = [1, 3].map((hours) => ({ sentAt: hoursAfter(hours), bouncedAt: hoursAfter(hours + 1) }));
    expect(fateAfter(...times)).toMatchObject({ state: 'bounced_again', at: hoursAfter(2) });
  });

  test('whose block ended by itself has bounced again, also when ten later bounces stand before that one', () => {
    const address = 'bounce@simulator.amazonses.com';
    const hard = aBounce({ sentAt: hoursAfter(1), bouncedAt: hoursAfter(2) });
    const soft = Array.from({ length: 10 }, (_, index) =>
      aBounce({ key: 'throttled', sentAt: hoursAfter(9), feedbackId: `soft ${index}` }),
    );
    const blocked = afterBounces([hard], { address, now: hoursAfter(2) });
    const { record } = afterBounces(soft, { address, now: hoursAfter(10) }, blocked);
    expect([record.suppression, record.bounces.map(({ key }) => key)]).toEqual([
      null,
      Array(10).fill('throttled'),
    ]);
    expect(afterUnbounce(record, NOW, POLICY)).toMatchObject({ state: 'bounced_again', at: hoursAfter(2) });
  });

  test('that got its strikes has bounced again', () => {
    const strikes = [1, 8, 20].map((day) => ({
      key: 'mailbox_full' as const,
      permanence: 'transient' as const,
      sentAt: daysAfter(day),
    }));
    expect(fateAfter(...strikes)).toMatchObject({ state: 'bounced_again', reason: 'mailbox_full' });
  });

  test('whose owner complained since has bounced again, also of mail that was in flight', () => {
    const complaint = { key: 'complaint', sentAt: hoursAfter(-1), bouncedAt: hoursAfter(1) } as const;
    expect(fateAfter(complaint)).toEqual({ state: 'bounced_again', at: hoursAfter(1), reason: 'complaint' });
  });
});
