import type { NotSentCode } from '../../client/contract.ts';
import type { JudgedRow } from './judge.ts';

/** What became of rows. */
export interface Totals {
  readonly sent: number;
  readonly notSent: Readonly<Partial<Record<NotSentCode, number>>>;
}

export const NO_TOTALS: Totals = { sent: 0, notSent: {} };

export function countRows(rows: readonly JudgedRow[]): Totals {
  const notSent: Partial<Record<NotSentCode, number>> = {};
  let sent = 0;
  for (const { verdict } of rows) {
    if (verdict === 'send') sent += 1;
    else notSent[verdict.code] = (notSent[verdict.code] ?? 0) + 1;
  }
  return { sent, notSent };
}

export function addTotals(one: Totals, other: Totals): Totals {
  const notSent = { ...one.notSent };
  for (const [code, count] of Object.entries(other.notSent) as [NotSentCode, number][]) {
    notSent[code] = (notSent[code] ?? 0) + count;
  }
  return { sent: one.sent + other.sent, notSent };
}

export function countNotSent({ notSent }: Totals): number {
  return Object.values(notSent).reduce((sum, count) => sum + count, 0);
}
