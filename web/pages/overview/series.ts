import type { Reason, Stats } from '../../../client/index.ts';

/** What is drawn in one colour. */
export interface Series {
  readonly key: Reason | typeof REST;
  readonly total: number;
  /** One for each day. */
  readonly counts: readonly number[];
}

/** A series with its name for people. */
export interface NamedSeries extends Series {
  readonly name: string;
}

/** All reasons that are not drawn by themselves. */
export const REST = 'rest';
const MOST_COLOURS = 5;

/** The commonest reasons, and all others as one. */
export function seriesOf({ days, byReason }: Pick<Stats, 'days' | 'byReason'>): Series[] {
  const alone = byReason.slice(0, byReason.length > MOST_COLOURS ? MOST_COLOURS - 1 : MOST_COLOURS);
  const series: Series[] = alone.map(({ reason, bounces }) => ({
    key: reason,
    total: bounces,
    counts: days.map((day) => day.byReason[reason] ?? 0),
  }));
  const counts = days.map(({ total }, day) => total - sum(series.map((one) => one.counts[day] ?? 0)));
  return sum(counts) > 0 ? [...series, { key: REST, total: sum(counts), counts }] : series;
}

/** A round number at or above the greatest, and the ticks up to it. */
export function ticksTo(greatest: number): readonly number[] {
  const wanted = Math.max(1, greatest / 4);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= wanted) ?? 10) * power);
  return Array.from({ length: Math.ceil(Math.max(1, greatest) / step) + 1 }, (_, tick) => tick * step);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
