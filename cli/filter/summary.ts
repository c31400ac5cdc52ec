import { printable } from '../printable.ts';
import { duration, whole } from '../quantities.ts';
import { countNotSent, type Totals } from './totals.ts';

export interface Run {
  readonly totals: Totals;
  /** Of this run alone. */
  readonly elapsedInMs: number;
  /** Rows that earlier runs have done. */
  readonly rowsBefore: number;
  /** Whether repeats far apart may have been missed. */
  readonly seenIsFull: boolean;
}

export interface Files {
  readonly send?: string;
  readonly notSent?: string;
}

/** What a run came to, for people. */
export function summaryText({ totals, elapsedInMs, rowsBefore, seenIsFull, ...files }: Run & Files): string {
  const notSent = countNotSent(totals);
  const rows = totals.sent + notSent;
  const before = rowsBefore > 0 ? `, after ${whole(rowsBefore)} in earlier runs` : '';
  const codes = Object.entries(totals.notSent).sort(([, one], [, other]) => other - one);
  return [
    `${whole(rows - rowsBefore)} rows in ${paceText(rows - rowsBefore, elapsedInMs)}${before}`,
    line('to send', totals.sent, files.send ?? ''),
    line('not sent', notSent, files.notSent ?? ''),
    ...codes.map(([code, count]) => line(`  ${code}`, count, '')),
    ...(seenIsFull
      ? ['More addresses than can be remembered: an address that came late may be sent to twice.']
      : []),
  ].join('\n');
}

function paceText(rows: number, elapsedInMs: number): string {
  if (elapsedInMs < 1_000) return 'less than a second';
  return `${duration(elapsedInMs)}, ${whole((rows * 1_000) / elapsedInMs)} a second`;
}

function line(label: string, count: number, file: string): string {
  return printable(`  ${label.padEnd(24)}${whole(count).padStart(11)}  ${file}`.trimEnd());
}

/** The same for programs. */
export function summaryJson({ totals, elapsedInMs, rowsBefore, seenIsFull }: Run) {
  const notSent = countNotSent(totals);
  return {
    rows: totals.sent + notSent,
    send: totals.sent,
    notSent,
    byCode: totals.notSent,
    rowsBefore,
    elapsedInMs: Math.round(elapsedInMs),
    repeatsMissed: seenIsFull,
  };
}
