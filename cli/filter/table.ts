import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { csvOptions, type Dialect, detectDialect } from './dialect.ts';
import { InputError } from './input-error.ts';

/** A list as lines of cells, its bytes held as Latin-1 text. */
export interface Table {
  readonly dialect: Dialect;
  /** The first rows, a header among them. */
  readonly first: ParsedRow[];
  /** The rows behind them, once. Throws InputError. */
  readonly rest: AsyncIterable<ParsedRow>;
  /** How many bytes have been read into rows. */
  bytesRead(): number;
}

export interface ParsedRow {
  /** With the ends of lines around it, and empty lines before. */
  readonly raw: string;
  readonly record: readonly string[];
}

const SAMPLE_IN_BYTES = 65_536;
const SAMPLE_IN_ROWS = 100;

/** Reads enough of a list to tell how it is written. Throws InputError. */
export async function openTable(source: AsyncIterable<Buffer>): Promise<Table> {
  const bytes = source[Symbol.asyncIterator]();
  const sample = await takeBytes(bytes);
  const dialect = detectDialect(sample.toString('latin1'));
  const parser = parse({ ...csvOptions(dialect), raw: true });
  const all = Readable.from(chain(sample.subarray(dialect.mark.length), bytes), { objectMode: false });
  // Whoever reads the parser hears of a failure.
  pipeline(all, parser).catch(() => undefined);
  const rest = readParsed(parser);
  const first = await takeRows(rest);
  return { dialect, first, rest, bytesRead: () => parser.info.bytes + dialect.mark.length };
}

/** The row as written, without the end of its line. */
export function rawOf({ raw }: ParsedRow): string {
  return raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
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
