import { printable } from '../printable.ts';
import { duration, whole } from '../quantities.ts';
import { REFUSED, type RowOutcome, type Totals } from './import-list.ts';

export interface ImportRun {
  readonly totals: Totals;
  readonly elapsedInMs: number;
  readonly isDryRun: boolean;
  /** Where the refused rows are. */
  readonly refusedFile: string | null;
}

/** The outcomes in the order in which they are told, with what they mean. */
const WORDS: Readonly<Record<RowOutcome, string>> = {
  suppressed: 'not sent to from now on',
  already_suppressed: 'not sent to before, for another cause',
  nothing_new: 'not sent to before, and known already',
  duplicate: 'the same as a row further up',
  lifted_before: 'older than an unbounce, a release or a correction',
  strike: 'counted, not enough to block',
  soft_reason: 'kept, never blocks',
  ended: 'would have ended by now',
  not_a_bounce: 'unsubscribed or added by hand',
  no_reason: 'says nothing of why',
  unknown_reason: 'a reason that nobody knows',
  invalid_date: 'a date that cannot be read, or in the future',
  invalid_address: 'no address',
};
const OUTCOMES = Object.keys(WORDS) as RowOutcome[];

/** What an import came to, for people. */
export function summaryText({ totals, elapsedInMs, isDryRun, refusedFile }: ImportRun): string {
  const rows = countRows(totals);
  const refused = countRefused(totals);
  return [
    `${rowsText(rows)} in ${paceText(rows, elapsedInMs)}${isDryRun ? '; nothing was written' : ''}`,
    ...OUTCOMES.flatMap((outcome) => lineOf(outcome, totals)),
    ...(refused > 0 && refusedFile !== null ? [`${rowsText(refused)} not taken over: ${refusedFile}`] : []),
  ]
    .map(printable)
    .join('\n');
}

/** The same for programs. */
export function summaryJson({ totals, elapsedInMs, isDryRun }: ImportRun) {
  return {
    rows: countRows(totals),
    dryRun: isDryRun,
    byOutcome: totals,
    refused: countRefused(totals),
    elapsedInMs: Math.round(elapsedInMs),
  };
}

/** `1 row`, `2,400 rows`. */
export function rowsText(count: number): string {
  return `${whole(count)} ${count === 1 ? 'row' : 'rows'}`;
}

export function countRefused(totals: Totals): number {
  return OUTCOMES.filter((outcome) => REFUSED.has(outcome)).reduce((sum, one) => sum + (totals[one] ?? 0), 0);
}

function countRows(totals: Totals): number {
  return Object.values(totals).reduce((sum, count) => sum + count, 0);
}

function paceText(rows: number, elapsedInMs: number): string {
  if (elapsedInMs < 1_000) return 'less than a second';
  return `${duration(elapsedInMs)}, ${whole((rows * 1_000) / elapsedInMs)} a second`;
}

function lineOf(outcome: RowOutcome, totals: Totals): readonly string[] {
  const count = totals[outcome];
  return count === undefined
    ? []
    : [`  ${outcome.padEnd(20)}${whole(count).padStart(11)}  ${WORDS[outcome]}`];
}
