import { compareText } from '../policy/bounce-order.ts';

export interface PageAsked<T> {
  readonly limit: number;
  /** Where a row stands in the list. */
  readonly placeOf: (row: T) => string;
  /** The place of the last row of the page before. */
  readonly after: string | null;
  readonly isDescending?: boolean;
}

/** The rows of a page, in the order of their places, and the last of them where there are more behind it. */
export function pageOf<T>(
  rows: readonly T[],
  { limit, placeOf, after, isDescending = false }: PageAsked<T>,
): { items: readonly T[]; last: T | null } {
  const compare = (a: string, b: string) => (isDescending ? compareText(b, a) : compareText(a, b));
  const rest = rows
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => after === null || compare(place, after) > 0)
    .sort((a, b) => compare(a.place, b.place))
    .map(({ row }) => row);
  const items = rest.slice(0, limit);
  return { items, last: rest.length > limit ? (items.at(-1) ?? null) : null };
}
