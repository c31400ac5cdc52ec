import { parse } from 'csv-parse/sync';
import { toBytes } from './bytes.ts';
import { csvOptions, type Dialect } from './dialect.ts';
import type { List, Row } from './list.ts';
import { createReportCsv } from './report-csv.ts';
import type { Hold } from './verdict.ts';

export interface HeldRow extends Pick<Row, 'raw'> {
  readonly hold: Hold;
}

/** As cells, rows take many times their memory. */
const ROWS_AT_ONCE = 500;

/** Ours stand in front: a row may have more cells, or fewer, than the header. */
const COLUMNS = {
  rebound_code: ({ code }: Hold) => code,
  rebound_rule: ({ rule }: Hold) => rule,
  rebound_layer: ({ layer }: Hold) => layer,
  rebound_reason: ({ bounce }: Hold) => bounce?.reason,
  rebound_status: ({ bounce }: Hold) => bounce?.status,
  rebound_bounced_at: ({ bounce }: Hold) => bounce?.bouncedAt,
  rebound_until: ({ until }: Hold) => until,
  rebound_unbounce: unbounceOf,
} as const;

/** The report of those that are not sent to, as CSV (RFC 4180) written like the list; cells are defused. */
export function createNotSentReport({ dialect, layout }: List) {
  const csv = createReportCsv(dialect);
  return {
    header: () => dialect.mark + csv([[...Object.keys(COLUMNS), ...layout.columns]]),
    rows(held: readonly HeldRow[]): string {
      const parts: string[] = [];
      for (let at = 0; at < held.length; at += ROWS_AT_ONCE) {
        const part = held.slice(at, at + ROWS_AT_ONCE);
        const cells = splitRows(part, dialect);
        parts.push(csv(part.map(({ hold }, row) => [...ownCells(hold), ...(cells[row] ?? [])])));
      }
      return parts.join('');
    },
  };
}

/** Few rows are held, so their cells are split once more rather than kept for all. */
function splitRows(held: readonly HeldRow[], dialect: Dialect): string[][] {
  if (dialect.kind === 'lines') return held.map(({ raw }) => [raw]);
  const text = held.map(({ raw }) => `${raw}\n`).join('');
  return parse(Buffer.from(text, 'latin1'), csvOptions(dialect));
}

function ownCells(hold: Hold): string[] {
  return Object.values(COLUMNS).map((cell) => toBytes(cell(hold) ?? ''));
}

/** `allowed`, or the rules that refuse; nothing where there is nothing to lift. */
function unbounceOf({ unbounce, accountRefusals }: Hold): string {
  if (unbounce === null) return '';
  return [...unbounce.refusals, ...accountRefusals].join(' ') || 'allowed';
}
