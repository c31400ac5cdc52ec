import type { JudgedRow } from './judge.ts';
import type { List } from './list.ts';
import { createNotSentReport, type HeldRow } from './not-sent-report.ts';

/** What rows come to, as bytes. */
export interface Texts {
  readonly send: string;
  readonly notSent: string;
}

export const NO_TEXTS: Texts = { send: '', notSent: '' };

/** Writes rows as the list does. Rows to send stay as they are, byte by byte. */
export function createPageWriter(list: List) {
  const { mark, endOfLine } = list.dialect;
  const report = createNotSentReport(list);
  const line = (raw: string) => raw + endOfLine;
  return {
    headers: (): Texts => ({
      send: mark + (list.header === null ? '' : line(list.header)),
      notSent: report.header(),
    }),
    rows(rows: readonly JudgedRow[]): Texts {
      const send: string[] = [];
      const held: HeldRow[] = [];
      for (const { raw, verdict } of rows) {
        if (verdict === 'send') send.push(line(raw));
        else held.push({ raw, hold: verdict });
      }
      return { send: send.join(''), notSent: report.rows(held) };
    },
  };
}

export function joinTexts(one: Texts, other: Texts): Texts {
  return { send: one.send + other.send, notSent: one.notSent + other.notSent };
}
