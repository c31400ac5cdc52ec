import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { minute } from './layout.ts';

/** What a reading of SES's list came to in one Region. */
export interface SesReading {
  readonly region: string;
  readonly readAt: string;
  /** When it was read the time before; what changed since is drift. Null for the first time. */
  readonly readBeforeAt: string | null;
  readonly entries: number;
  readonly newlyBlocked: number;
  readonly noLongerBlocked: number;
  readonly askedAgain: number;
  readonly unreadable: number;
}

/** The readings for people. */
export function importSesText(readings: readonly SesReading[]): string {
  return readings.map(readingText).join('\n');
}

function readingText({ region, readAt, readBeforeAt, ...counts }: SesReading): string {
  const before = readBeforeAt === null ? 'for the first time' : `the time before ${minute(readBeforeAt)}`;
  const drift = readBeforeAt === null ? '' : ' (drift)';
  return [
    `${region}: read to its end at ${minute(readAt)} UTC, ${before}`,
    line(counts.entries, 'entries'),
    line(counts.newlyBlocked, `newly blocked here: SES lists them${drift}`),
    line(counts.noLongerBlocked, `not blocked here any more: SES lists them no more${drift}`),
    line(counts.askedAgain, 'taken off before and listed still: SES is asked again'),
    ...(counts.unreadable > 0 ? [line(counts.unreadable, 'no addresses to Rebound, passed over')] : []),
  ]
    .map(printable)
    .join('\n');
}

function line(count: number, words: string): string {
  return `  ${whole(count).padStart(11)}  ${words}`;
}
