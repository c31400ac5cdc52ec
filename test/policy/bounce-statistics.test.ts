import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bounceStatistics,
  type CountedBounce,
  type DayCounts,
  daysUntil,
  isFirstTelling,
  MOST_DAYS,
  tallyBounces,
} from '../../lib/policy/bounce-statistics.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { FACT_KEYS, type Reason } from '../../lib/policy/reason.ts';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import { aBounce, afterBounces } from './builders.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const policy = loadPolicy();

const bounces: fc.Arbitrary<CountedBounce> = fc.record({
  account: fc.constantFrom('acme', 'other'),
  bounce: fc.record({
    key: fc.constantFrom(...FACT_KEYS),
    bouncedAt: fc.option(fc.integer({ min: NOW - 100 * DAY_IN_MS, max: NOW + DAY_IN_MS })),
  }),
});

/** How often each reason was counted, by day and account. */
function sums(batches: readonly (readonly CountedBounce[])[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { account, day, counts } of batches.flatMap((batch) => tallyBounces(batch, NOW))) {
    for (const [reason, count] of counts) {
      const name = `${account} ${day} ${reason}`;
      all[name] = (all[name] ?? 0) + count;
    }
  }
  return all;
}

function bounceAt(time: string | null, key: CountedBounce['bounce']['key'] = 'policy'): CountedBounce {
  return { account: 'acme', bounce: { key, bouncedAt: time === null ? null : Date.parse(time) } };
}

describe('bounces are tallied', () => {
  test.each<[string, string | null, string | null]>([
    ['by the UTC day of the bounce', '2026-11-22T23:59:59.999Z', '2026-11-22'],
    ['under the present day when nobody says when', null, '2026-11-23'],
    ['under the present day when they come from the future', '2026-12-01T00:00:00Z', '2026-11-23'],
    ['as long as their day can be asked for', '2026-08-26T00:00:00Z', '2026-08-26'],
    ['no longer than that', '2026-08-25T23:59:59Z', null],
  ])('%s', (_, time, day) => {
    expect(tallyBounces([bounceAt(time)], NOW).map((tally) => tally.day)).toEqual(day === null ? [] : [day]);
  });

  test('once for each account and day of a batch, both kinds of complaints as one reason', () => {
    const batch = [bounceAt(null, 'complaint'), bounceAt(null, 'shared_complaint'), bounceAt(null)];
    expect(tallyBounces(batch, NOW)).toEqual([
      {
        account: 'acme',
        day: '2026-11-23',
        counts: new Map([
          ['complaint', 2],
          ['policy', 1],
        ]),
      },
    ]);
  });

  test('law: into the same sums in whatever order and batches they come', () => {
    const shuffled = fc.array(bounces, { maxLength: 40 }).chain((all) =>
      fc.record({
        all: fc.constant(all),
        other: fc.shuffledSubarray(all, { minLength: all.length }),
        cut: fc.nat({ max: all.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ all, other, cut }) => {
        expect(sums([other.slice(0, cut), other.slice(cut)])).toEqual(sums([all]));
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  test('law: one write for each account and day, and no bounce of the kept days lost', () => {
    fc.assert(
      fc.property(fc.array(bounces, { maxLength: 40 }), (all) => {
        const tallies = tallyBounces(all, NOW);
        const names = tallies.map(({ account, day }) => `${account} ${day}`);
        expect(new Set(names).size).toBe(names.length);
        const kept = all.filter(
          ({ bounce }) => (bounce.bouncedAt ?? NOW) >= Date.parse('2026-08-26T00:00:00Z'),
        );
        const counted = tallies.flatMap(({ counts }) => [...counts.values()]);
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(kept.length);
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

test('a bounce is counted at its first telling, whatever a later one adds', () => {
  const bounce = aBounce({ feedbackId: 'one' });
  const { record } = afterBounces([bounce]);
  expect(isFirstTelling(record, { ...bounce, diagnostic: 'more words' })).toBe(false);
  expect(isFirstTelling(record, { ...bounce, feedbackId: 'two' })).toBe(true);
  expect(isFirstTelling(record, { ...bounce, key: 'complaint' })).toBe(true);
  const both = afterBounces([bounce, aBounce({ feedbackId: 'two' })]).record;
  expect(isFirstTelling(both, bounce)).toBe(false);
});

describe('the days until now', () => {
  test('are as many as asked for, the present one last, across a month and a leap day', () => {
    expect(daysUntil(Date.parse('2028-03-01T00:00:00Z'), 3)).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(daysUntil(NOW, 1)).toEqual(['2026-11-23']);
    expect(daysUntil(NOW, MOST_DAYS)).toHaveLength(MOST_DAYS);
  });
});

describe('statistics', () => {
  const days = daysUntil(NOW, 3);
  const dayOf = (day: string, ...counts: readonly (readonly [Reason, number])[]): DayCounts => ({
    day,
    counts: new Map(counts),
  });

  test('show every day, zeros included, and the commonest reason first with what it means', () => {
    const counted = [
      dayOf('2026-11-21', ['policy', 1], ['unknown_user', 1]),
      dayOf('2026-11-23', ['mailbox_full', 3], ['unknown_user', 1]),
    ];
    const { meaning, advice } = policy.rows.mailbox_full;
    const statistics = bounceStatistics(counted, { days, policy });
    expect(statistics.days).toEqual([
      { day: '2026-11-21', total: 2, byReason: { unknown_user: 1, policy: 1 } },
      { day: '2026-11-22', total: 0, byReason: {} },
      { day: '2026-11-23', total: 4, byReason: { mailbox_full: 3, unknown_user: 1 } },
    ]);
    expect(statistics.byReason.map(({ reason, bounces }) => [reason, bounces])).toEqual([
      ['mailbox_full', 3],
      ['unknown_user', 2],
      ['policy', 1],
    ]);
    expect(statistics.byReason[0]).toEqual({ reason: 'mailbox_full', bounces: 3, meaning, advice });
  });

  test('leave out what was counted on other days', () => {
    const { byReason } = bounceStatistics([dayOf('2026-11-20', ['policy', 9])], { days, policy });
    expect(byReason).toEqual([]);
  });
});
