import type { NotSent } from '../../../client/index.ts';
import type { AddressList } from './address-list.ts';
import type { Held } from './check-run.ts';
import { defuse, writeCsv } from './csv.ts';

/** What stands behind the columns of a row that is not sent to, named as the command line names them. */
const COLUMNS = {
  rebound_code: ({ code }: NotSent) => code,
  rebound_rule: ({ rule }: NotSent) => rule,
  rebound_layer: ({ layer }: NotSent) => layer,
  rebound_reason: ({ bounce }: NotSent) => bounce?.reason,
  rebound_status: ({ bounce }: NotSent) => bounce?.status,
  rebound_bounced_at: ({ bounce }: NotSent) => bounce?.bouncedAt,
  rebound_until: ({ until }: NotSent) => until,
} as const satisfies Readonly<Record<string, (verdict: NotSent) => string | null | undefined>>;

/** The rows to send to, with all their columns, each cell as it was given: mail goes to what stands there. */
export function sendFile({ header, rows }: AddressList, places: readonly number[]): string {
  return writeCsv([...(header === null ? [] : [header]), ...places.map((place) => rows[place] ?? [])]);
}

/** The rows not to send to, with all their columns and why. People read it, so what could be a formula is defused. */
export function notSentFile({ header, rows, columns }: AddressList, held: readonly Held[]): string {
  const padded = (row: readonly string[]) =>
    Array.from({ length: columns }, (_, column) => row[column] ?? '');
  const table = [
    ...(header === null ? [] : [[...padded(header), ...Object.keys(COLUMNS)]]),
    ...held.map(({ index, verdict }) => [
      ...padded(rows[index] ?? []),
      ...Object.values(COLUMNS).map((read) => read(verdict) ?? ''),
    ]),
  ];
  return writeCsv(table.map((row) => row.map(defuse)));
}
