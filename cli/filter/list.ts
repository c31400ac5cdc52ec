import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { fromBytes } from './bytes.ts';
import { csvOptions, type Dialect, detectDialect } from './dialect.ts';
import { InputError } from './input-error.ts';
import { detectLayout, type Layout } from './layout.ts';

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

interface ParsedRow {
  readonly raw: string;
  readonly record: readonly string[];
}

const SAMPLE_IN_BYTES = 65_536;
const SAMPLE_IN_ROWS = 100;

/** Reads enough of a list to tell how it is written. Throws InputError. */
export async function openList(source: AsyncIterable<Buffer>, wantedColumn: string | null): Promise<List> {
  const bytes = source[Symbol.asyncIterator]();
  const sample = await takeBytes(bytes);
  const dialect = detectDialect(sample.toString('latin1'));
  const parser = parse({ ...csvOptions(dialect), raw: true });
  const all = Readable.from(chain(sample.subarray(dialect.mark.length), bytes), { objectMode: false });
  // Whoever reads the parser hears of a failure.
  pipeline(all, parser).catch(() => undefined);
  const parsed = readParsed(parser);
  const first = await takeRows(parsed);
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
    rows: readRows(first, parsed, rowReader(dialect, layout)),
    bytesRead: () => parser.info.bytes + dialect.mark.length,
  };
}

async function takeBytes(bytes: AsyncIterator<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let length = 0; length < SAMPLE_IN_BYTES; ) {
    const next = await bytes.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(chunks);
}

async function* chain(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

async function* readParsed(parser: Parser): AsyncGenerator<ParsedRow> {
  try {
    yield* parser as AsyncIterable<ParsedRow>;
  } catch (error) {
    throw error instanceof CsvError ? new InputError(`This is no CSV. ${error.message}`) : error;
  }
}

async function takeRows(parsed: AsyncGenerator<ParsedRow>): Promise<ParsedRow[]> {
  const rows: ParsedRow[] = [];
  while (rows.length < SAMPLE_IN_ROWS) {
    const next = await parsed.next();
    if (next.done) break;
    rows.push(next.value);
  }
  return rows;
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

/** The parser leaves ends of lines, and empty lines before, with the row. */
function rawOf({ raw }: ParsedRow): string {
  return raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
}
