import { describe, expect, test } from '@jest/globals';
import { type BurstBounce, findBursts, LEAST_PAST, PAST_IN_DAYS } from '../../lib/policy/burst.ts';
import type { Reason } from '../../lib/policy/reason.ts';
import { DAY_IN_MS, HOUR_IN_MS, type Instant, toIso } from '../../lib/policy/time.ts';
import { seededRandom } from '../support/random.ts';
import { NOW } from './builders.ts';

const FROM = NOW - 7 * DAY_IN_MS;
const EARLIEST = FROM - PAST_IN_DAYS * DAY_IN_MS;
const RULES = { unknown_user: 'B1', spam: 'B6', policy: 'B7' } as const;
/** The share of each in the bounces of a usual hour. */
const USUAL: readonly (readonly [string, keyof typeof RULES, number])[] = [
  ['gmail.com', 'unknown_user', 0.3],
  ['gmail.com', 'spam', 0.05],
  ['outlook.com', 'unknown_user', 0.2],
  ['outlook.com', 'policy', 0.1],
  ['yahoo.com', 'unknown_user', 0.15],
  ['bank.example', 'policy', 0.05],
  ['web.example', 'unknown_user', 0.15],
];
const SEEDS = [1, 2, 3, 4, 5];

/** How many of a Poisson distribution, by its definition. */
function poisson(mean: number, random: () => number): number {
  const wait = () => -Math.log(1 - random());
  let count = 0;
  let at = wait();
  while (at < mean) {
    count += 1;
    at += wait();
  }
  return count;
}

function some(
  count: number,
  named: { provider: string; reason: keyof typeof RULES; at: Instant },
): BurstBounce[] {
  const { provider, reason, at } = named;
  return Array.from({ length: count }, (_, index) => ({
    provider,
    reason: reason as Reason,
    rule: RULES[reason],
    bouncedAt: at + Math.floor((index * HOUR_IN_MS) / count),
  }));
}

/** Five weeks of bounces, so many in a usual hour, times what the hour says. */
function history(
  seed: number,
  { anHour, times = () => 1 }: { readonly anHour: number; readonly times?: (at: Instant) => number },
): BurstBounce[] {
  const random = seededRandom(seed);
  const all: BurstBounce[] = [];
  for (let at = EARLIEST; at < NOW; at += HOUR_IN_MS) {
    for (const [provider, reason, share] of USUAL) {
      all.push(...some(poisson(anHour * share * times(at), random), { provider, reason, at }));
    }
  }
  return all;
}

function find(bounces: readonly BurstBounce[], from = FROM) {
  return findBursts(bounces, { from, to: NOW });
}

const isHour = (at: Instant, hour: number) => Math.floor(at / HOUR_IN_MS) % 24 === hour;
const isWeekly = (at: Instant) => isHour(at, 9) && Math.floor(at / DAY_IN_MS) % 7 === 3;
const dayAndNight = (at: Instant) => 1 + Math.sin((at / DAY_IN_MS) * 2 * Math.PI);

describe(`a planted burst (seeds ${SEEDS.join(', ')})`, () => {
  const start = Date.parse('2026-11-20T14:00:00Z');

  test.each([0.2, 3, 40])('is found, and nothing else, where %d bounce in a usual hour', (anHour) => {
    for (const seed of SEEDS) {
      const planted = Math.max(60, anHour * 6);
      const burst = [0, 1, 2].flatMap((hour) =>
        some(planted, { provider: 'gmail.com', reason: 'unknown_user', at: start + hour * HOUR_IN_MS }),
      );
      const found = find([...history(seed, { anHour }), ...burst]);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ provider: 'gmail.com', reason: 'unknown_user', rule: 'B1' });
      expect([toIso(found[0]?.from ?? 0), toIso(found[0]?.to ?? 0)]).toEqual([
        '2026-11-20T14:00:00.000Z',
        '2026-11-20T17:00:00.000Z',
      ]);
      expect(found[0]?.bounces).toBeGreaterThanOrEqual(planted * 3);
      expect(found[0]?.expected).toBeLessThan(planted);
    }
  });

  test('is found within a campaign, which bounces everywhere', () => {
    for (const seed of SEEDS) {
      const usual = history(seed, { anHour: 2, times: (at) => (isWeekly(at) ? 100 : 0.2) });
      const at = usual.map(({ bouncedAt }) => bouncedAt).findLast((one) => isWeekly(one)) ?? 0;
      const hour = Math.floor(at / HOUR_IN_MS) * HOUR_IN_MS;
      const burst = some(800, { provider: 'outlook.com', reason: 'policy', at: hour });
      expect(find([...usual, ...burst])).toMatchObject([{ provider: 'outlook.com', rule: 'B7', from: hour }]);
    }
  });

  test('of a provider that never bounced before is found', () => {
    const burst = some(50, { provider: 'new.example', reason: 'policy', at: start });
    expect(find([...history(1, { anHour: 2 }), ...burst])).toMatchObject([
      { provider: 'new.example', bounces: 50 },
    ]);
  });

  test('is found again the next day, however large the first one was', () => {
    const bursts = [500, 200].flatMap((count, days) =>
      some(count, { provider: 'yahoo.com', reason: 'spam', at: start + days * DAY_IN_MS }),
    );
    const found = find([...history(2, { anHour: 3 }), ...bursts]);
    expect(found.map(({ bounces }) => bounces)).toEqual([200, 500]);
  });

  test('begins and ends with the hours beside it', () => {
    const burst = [12, 90, 8].flatMap((count, hour) =>
      some(count, { provider: 'bank.example', reason: 'policy', at: start + hour * HOUR_IN_MS }),
    );
    const [found] = find([...history(3, { anHour: 2 }), ...burst]);
    expect(found?.from).toBe(start);
    expect(found?.to).toBe(start + 3 * HOUR_IN_MS);
  });

  test('before the time that is looked at is past', () => {
    const burst = some(300, { provider: 'gmail.com', reason: 'spam', at: start });
    expect(find([...history(4, { anHour: 2 }), ...burst], start + DAY_IN_MS)).toEqual([]);
  });
});

describe(`no burst is found (seeds ${SEEDS.join(', ')})`, () => {
  test.each<[string, number, (at: Instant) => number]>([
    ['steady numbers, however small', 0.5, () => 1],
    ['steady numbers, however large', 50, () => 1],
    ['day and night', 20, dayAndNight],
    ['a campaign of a hundred times the usual, to everybody', 3, (at) => (isWeekly(at) ? 100 : 1)],
    ['nothing but a campaign every week', 2, (at) => (isWeekly(at) ? 300 : 0)],
    ['numbers that double from week to week', 2, (at) => 2 ** ((at - EARLIEST) / (7 * DAY_IN_MS))],
  ])('in %s', (_name, anHour, times) => {
    for (const seed of SEEDS) expect(find(history(seed, { anHour, times }))).toEqual([]);
  });

  test('in a campaign every week to one provider alone', () => {
    for (const seed of SEEDS) {
      const all = history(seed, { anHour: 4, times: (at) => (isWeekly(at) ? 100 : 0) });
      expect(find(all.filter(({ provider }) => provider === 'gmail.com'))).toEqual([]);
    }
  });

  test('in the first mail of a sender, of whom there is no past', () => {
    const first = history(1, { anHour: 500, times: (at) => Number(at >= NOW - HOUR_IN_MS) });
    expect(first.length).toBeGreaterThan(100);
    expect(find(first)).toEqual([]);
    expect(find([])).toEqual([]);
  });

  test(`in a past of fewer than ${LEAST_PAST} bounces`, () => {
    const past = some(LEAST_PAST - 1, { provider: 'gmail.com', reason: 'spam', at: FROM });
    const burst = some(100, { provider: 'gmail.com', reason: 'policy', at: NOW - HOUR_IN_MS });
    expect(find([...past, ...burst])).toEqual([]);
    expect(find([...past, ...past.slice(0, 1), ...burst])).toHaveLength(1);
  });
});

describe('an hour is a burst from a number on, exactly', () => {
  const HOUR = Math.floor(NOW / HOUR_IN_MS);
  const WEEKS = PAST_IN_DAYS * 24;
  const GMAIL = { provider: 'gmail.com', reason: 'policy' } as const;
  const YAHOO = { provider: 'yahoo.com', reason: 'policy' } as const;

  /** So many in every hour from one, before another; hours are counted from the one in question. */
  function hourly(count: number, named: typeof GMAIL | typeof YAHOO, [from, to]: readonly [number, number]) {
    return Array.from({ length: to - from }, (_, index) =>
      some(count, { ...named, at: (HOUR + from + index) * HOUR_IN_MS }),
    ).flat();
  }

  const now = (count: number, named: typeof GMAIL | typeof YAHOO) => hourly(count, named, [0, 1]);
  const findIn = (past: readonly BurstBounce[], hour: readonly BurstBounce[]) =>
    findBursts([...past, ...hour], { from: HOUR * HOUR_IN_MS, to: HOUR * HOUR_IN_MS });

  const UNSEEN_SHARE = 101 / 1_000;
  const ELSEWHERE = now(178, YAHOO);
  const CASES: readonly {
    title: string;
    past: readonly BurstBounce[];
    beside?: readonly BurstBounce[];
    least: number;
    expected: number;
  }[] = [
    {
      title: 'where nothing was to be expected',
      past: hourly(1, YAHOO, [-WEEKS, 0]),
      least: 20,
      expected: 0,
    },
    {
      title: 'by the hourly mean of 28 days, whatever was before them',
      past: [...hourly(90, GMAIL, [-WEEKS - 50, -WEEKS]), ...hourly(10, GMAIL, [-WEEKS, 0])],
      least: 50,
      expected: 10,
    },
    { title: 'by the mean of what is known', past: hourly(10, GMAIL, [-100, 0]), least: 50, expected: 10 },
    {
      title: 'by the busiest hour',
      past: [...hourly(60, GMAIL, [-300, -299]), ...hourly(1, YAHOO, [-WEEKS, -WEEKS + 1])],
      least: 120,
      expected: 60 / WEEKS,
    },
    {
      title: 'by its share of what bounced elsewhere in that hour',
      past: [
        ...hourly(1, GMAIL, [-WEEKS, -WEEKS + 100]),
        ...hourly(1, YAHOO, [-WEEKS, -WEEKS + 610]),
        ...hourly(20, YAHOO, [-20, -6]),
      ],
      beside: ELSEWHERE,
      least: 100,
      expected: (178 * UNSEEN_SHARE) / (1 - UNSEEN_SHARE),
    },
  ];

  test.each(CASES)('$title: $least', ({ past, beside = [], least, expected }) => {
    expect(findIn(past, [...beside, ...now(least - 1, GMAIL)])).toEqual([]);
    const found = findIn(past, [...beside, ...now(least, GMAIL)]);
    expect(found).toMatchObject([{ ...GMAIL, from: HOUR * HOUR_IN_MS, bounces: least }]);
    expect(found[0]?.expected).toBeCloseTo(expected, 10);
  });

  test('and what was a burst an hour before is no past of it', () => {
    const past = [
      ...hourly(1, GMAIL, [-WEEKS, -WEEKS + 100]),
      ...hourly(1, YAHOO, [-WEEKS, -WEEKS + 610]),
      ...hourly(20, YAHOO, [-30, -16]),
    ];
    const first = hourly(1_000, GMAIL, [-5, -4]);
    const found = findBursts([...past, ...first, ...ELSEWHERE, ...now(100, GMAIL)], {
      from: (HOUR - 5) * HOUR_IN_MS,
      to: HOUR * HOUR_IN_MS,
    });
    expect(found.map(({ bounces }) => bounces)).toEqual([100, 1_000]);
    expect(found[0]?.expected).toBeCloseTo((178 * UNSEEN_SHARE) / (1 - UNSEEN_SHARE), 10);
  });

  test.each([
    [4, 1],
    [5, 2],
  ])('where nothing was to be expected, %d in the hour before make it one of %d hours', (count, hours) => {
    const past = [...hourly(1, YAHOO, [-WEEKS, 0]), ...hourly(count, GMAIL, [-1, 0])];
    expect(lengthOf(findIn(past, now(60, GMAIL)))).toEqual([hours]);
  });

  test.each([
    [19, 1],
    [20, 2],
  ])('where ten were, %d in the hour after make it one of %d hours', (count, hours) => {
    const past = [...hourly(10, GMAIL, [-WEEKS - 1, 0]), ...hourly(10, GMAIL, [-WEEKS + 5, -WEEKS + 6])];
    const found = findIn(past, [...now(60, GMAIL), ...hourly(count, GMAIL, [1, 2])]);
    expect(lengthOf(found)).toEqual([hours]);
    expect(found[0]?.expected).toBeCloseTo((WEEKS * 10 + 10) / WEEKS + (hours - 1) * 10, 10);
  });

  test('an hour beside it of which the past says too little does not belong to it', () => {
    const past = [...hourly(LEAST_PAST - 8, YAHOO, [-9, -8]), ...hourly(8, GMAIL, [-1, 0])];
    expect(lengthOf(findIn(past, now(60, GMAIL)))).toEqual([1]);
  });

  test('of bursts at the same time the largest stands first', () => {
    const providers = ['a.example', 'b.example', 'c.example', 'd.example'];
    const bursts = [300, 500, 200, 400].flatMap((count, index) =>
      some(count, { provider: providers[index] ?? '', reason: 'policy', at: HOUR * HOUR_IN_MS }),
    );
    const past = hourly(1, YAHOO, [-WEEKS, 0]);
    expect(findIn(past, bursts).map(({ bounces }) => bounces)).toEqual([500, 400, 300, 200]);
  });

  function lengthOf(found: ReturnType<typeof find>): readonly number[] {
    return found.map(({ from, to }) => (to - from) / HOUR_IN_MS);
  }
});
