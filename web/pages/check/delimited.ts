export type Row = readonly string[];

/** A quoted cell is never closed. */
export class OpenQuoteError extends Error {
  override readonly name = 'OpenQuoteError';
  /** Where the cell begins, counted from 1. */
  readonly line: number;

  constructor(line: number) {
    super(`The quote in line ${line} is not closed.`);
    this.line = line;
  }
}

const DELIMITERS = ['\t', ';', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that the first row has most of; a comma where it has none. */
export function delimiterOf(text: string): Delimiter {
  const [first = ''] = /^[^\r\n]*/.exec(text.trimStart()) ?? [];
  const bare = first.replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => [bare.split(delimiter).length, delimiter] as const);
  const [most] = counted.sort(([a], [b]) => b - a);
  return most !== undefined && most[0] > 1 ? most[1] : ',';
}

/**
 * The rows of a delimited text, without the empty ones. A quote inside a cell that does not begin with one is a
 * character like any other. RFC 4180 section 2.
 *
 * @throws {OpenQuoteError}
 */
export function readDelimited(text: string, delimiter: Delimiter): Row[] {
  const plain = delimiter === '\t' ? '[^\\t\\r\\n]' : `[^${delimiter}\\r\\n]`;
  const cells = new RegExp(
    `(?:[ ]*"((?:[^"]|"")*)"[ ]*(?=${delimiter}|\\r|\\n|$)|(${plain}*))(${delimiter}|\\r\\n|\\r|\\n|$)`,
    'y',
  );
  const rows: Row[] = [];
  let row: string[] = [];
  while (cells.lastIndex < text.length) {
    const at = cells.lastIndex;
    const [, quoted, bare = '', end = ''] = cells.exec(text) ?? [];
    if (quoted === undefined && bare.trimStart().startsWith('"')) throw new OpenQuoteError(lineAt(text, at));
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === delimiter) continue;
    if (row.some((cell) => cell.trim() !== '')) rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push([...row, '']);
  return rows;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n|\r|\n/).length;
}
