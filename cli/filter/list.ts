import { fromBytes } from './bytes.ts';
import type { Dialect } from './dialect.ts';
import { detectLayout, type Layout } from './layout.ts';
import { openTable, type ParsedRow, rawOf } from './table.ts';

/** One row of a list. Its bytes are held as Latin-1 text. */
export interface Row {
  /** As written, without the end of its line. */
  readonly raw: string;
  /** What stands in the column of addresses. */
  readonly recipient: string;
}

/** A list that is being read. */
export interface List {
  readonly dialect: Dialect;
  readonly layout: Layout;
  /** The header as written; null when there is none. */
  readonly header: string | null;
  /** The rows behind the header, once; empty lines are none. Throws InputError. */
  readonly rows: AsyncIterable<Row>;
  /** How many bytes have been read into rows. */
  bytesRead(): number;
}

/** Reads enough of a list to tell how it is written. Throws InputError. */
export async function openList(source: AsyncIterable<Buffer>, wantedColumn: string | null): Promise<List> {
  const { dialect, first, rest, bytesRead } = await openTable(source);
  const layout = detectLayout(
    first.map(({ record }) => record),
    dialect.kind,
    wantedColumn,
  );
  const [header] = layout.hasHeader ? first.splice(0, 1) : [];
  return {
    dialect,
    layout,
    header: header === undefined ? null : rawOf(header),
    rows: readRows(first, rest, rowReader(dialect, layout)),
    bytesRead,
  };
}

async function* readRows(
  first: readonly ParsedRow[],
  rest: AsyncIterable<ParsedRow>,
  toRow: (parsed: ParsedRow) => Row,
): AsyncGenerator<Row> {
  for (const parsed of first) yield toRow(parsed);
  for await (const parsed of rest) yield toRow(parsed);
}

/** A line is its address, whatever else a parser would make of it. */
function rowReader({ kind }: Dialect, { addressColumn }: Layout) {
  return (parsed: ParsedRow): Row => {
    const raw = rawOf(parsed);
    const recipient = kind === 'lines' ? raw : (parsed.record[addressColumn] ?? '');
    return { raw, recipient: fromBytes(recipient) };
  };
}
