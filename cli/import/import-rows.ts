import type { ImportRow } from '../../client/index.ts';
import { fromBytes } from '../filter/bytes.ts';
import { type ParsedRow, rawOf, type Table } from '../filter/table.ts';
import type { Columns } from './columns.ts';
import { type DateOrder, readDate } from './dates.ts';
import type { Field } from './providers.ts';

/** One row of the list. */
export interface ListedRow {
  /** Where it begins, from 1. */
  readonly line: number;
  /** As it was written, as bytes. */
  readonly cells: readonly string[];
  /** What is sent of it; null where it says nothing of why. */
  readonly row: ImportRow | null;
}

export interface RowOptions {
  /** Of rows that name none. */
  readonly reason: string | null;
  readonly dates: DateOrder | null;
}

/** The API keeps 1 KB of a text. */
const MOST_TEXT = 2_000;

/** Reads the rows behind the header. Throws InputError. */
export async function* readRows(
  { first, rest, dialect }: Table,
  columns: Columns,
  options: RowOptions,
): AsyncGenerator<ListedRow> {
  let linesBefore = 0;
  const read = (parsed: ParsedRow): ListedRow => {
    const line = linesBefore + 1 + countLines(/^[\r\n]*/.exec(parsed.raw)?.[0] ?? '');
    linesBefore += countLines(parsed.raw);
    const cells = dialect.kind === 'lines' ? [rawOf(parsed)] : parsed.record;
    return { line, cells, row: rowOf(cells, columns, options) };
  };
  const { hasHeader } = columns.layout;
  for (const [index, parsed] of first.entries()) {
    const listed = read(parsed);
    if (index > 0 || !hasHeader) yield listed;
  }
  for await (const parsed of rest) yield read(parsed);
}

function countLines(raw: string): number {
  return raw.split(/\r\n|\n|\r/).length - 1;
}

function rowOf(cells: readonly string[], columns: Columns, options: RowOptions): ImportRow | null {
  const cell = (field: Field): string => {
    const column = columns.at[field];
    return column === null ? '' : fromBytes(cells[column] ?? '').slice(0, MOST_TEXT);
  };
  const [status, diagnostic] = [cell('status').trim(), cell('diagnostic').trim()];
  const reason = reasonOf(cells, cell('reason').trim(), columns) ?? options.reason;
  if (reason === null && status === '' && diagnostic === '') return null;
  return {
    address: cell('address'),
    ...(reason !== null && { reason }),
    ...(status !== '' && { status }),
    ...(diagnostic !== '' && { diagnostic }),
    bouncedAt: readDate(cell('date'), options.dates),
  };
}

function reasonOf(cells: readonly string[], written: string, { provider, flags }: Columns): string | null {
  const flag = flags.find(([column]) => isSet(cells[column] ?? ''));
  const isText = written !== '' && !isSet(written) && !isUnset(written);
  if (flag !== undefined && (flag[1] === 'complaint' || !isText)) return flag[1];
  const word = provider?.words?.[written.toLowerCase()] ?? (isText ? written : null);
  return word ?? provider?.reason ?? null;
}

function isSet(cell: string): boolean {
  return cell.trim().toLowerCase() === 'true';
}

function isUnset(cell: string): boolean {
  return cell.trim().toLowerCase() === 'false';
}
