import { describe, expect, test } from '@jest/globals';
import type { Stats } from '../../client/index.ts';
import { REST, seriesOf, ticksTo } from '../../web/pages/overview/series.ts';

function statsOf(days: readonly Readonly<Record<string, number>>[]): Pick<Stats, 'days' | 'byReason'> {
  const sums = new Map<string, number>();
  for (const [reason, count] of days.flatMap((day) => Object.entries(day))) {
    sums.set(reason, (sums.get(reason) ?? 0) + count);
  }
  return {
    days: days.map((byReason, index) => ({
      day: `2026-11-0${index + 1}`,
      total: Object.values(byReason).reduce((sum, count) => sum + count, 0),
      byReason,
    })),
    byReason: [...sums]
      .sort(([, a], [, b]) => b - a)
      .map(([reason, bounces]) => ({ reason, bounces, meaning: '', advice: '' })) as Stats['byReason'],
  };
}

describe('the series of the chart', () => {
  test('are the reasons, the commonest first, while there are colours', () => {
    const series = seriesOf(statsOf([{ policy: 1, spam: 2 }, { spam: 3 }]));
    expect(series).toEqual([
      { key: 'spam', total: 5, counts: [2, 3] },
      { key: 'policy', total: 1, counts: [1, 0] },
    ]);
  });

  test('are the four commonest and everything else, when there are more', () => {
    const day = { policy: 9, spam: 8, content: 7, timeout: 6, other: 5, complaint: 4 };
    const series = seriesOf(statsOf([day, { other: 1 }]));
    expect(series.map(({ key }) => key)).toEqual(['policy', 'spam', 'content', 'timeout', REST]);
    expect(series.at(-1)).toEqual({ key: REST, total: 10, counts: [9, 1] });
  });

  test('count what the API adds later among everything else', () => {
    const { days, byReason } = statsOf([{ policy: 2 }]);
    const more = days.map((day) => ({ ...day, total: day.total + 3 }));
    expect(seriesOf({ days: more, byReason }).at(-1)).toEqual({ key: REST, total: 3, counts: [3] });
  });
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [24, [0, 10, 20, 30]],
  [100, [0, 50, 100]],
  [1_234, [0, 500, 1_000, 1_500]],
])('an axis up to %d', (greatest, ticks) => {
  expect(ticksTo(greatest)).toEqual(ticks);
});
