/** The text of one cell. */
export type Cell = string;

/** What a spreadsheet takes for the beginning of a formula, and the quote that takes its meaning away. */
const DEFUSED_START = /^[=+\-@\t\r']/;
/** Commas, quotes and controls (line ends among them), and blanks at the ends, which some readers trim. */
const NEEDS_QUOTES = /[",\p{Cc}]|^ | $/u;

/**
 * Rows of cells as CSV, with CRLF after each. A cell that begins with = + - @ TAB CR or ' is written with one more '
 * before it, so that no spreadsheet evaluates it. Every row has at least one cell.
 * Source: RFC 4180 section 2.
 */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',') || '""'}\r\n`).join('');
}

function writeCell(cell: Cell): string {
  const defused = defuse(cell);
  return NEEDS_QUOTES.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

/** The cell as it is written, so that no spreadsheet evaluates it. */
export function defuse(cell: Cell): Cell {
  return DEFUSED_START.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `defuse`: without the ' with which it begins, if it does. */
export function undefuse(cell: Cell): Cell {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** The text is no CSV; the message says where. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/**
 * The rows that `writeCsv` wrote. Takes LF for CRLF too, and a last row without an end.
 *
 * @throws {CsvError} on a quote that is not closed, or stands inside a cell without quotes.
 */
export function readCsv(text: string): Cell[][] {
  const cells = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  while (cells.lastIndex < text.length || row.length > 0) {
    const at = cells.lastIndex;
    const [, quoted, plain = '', end] = cells.exec(text) ?? [];
    if (end === undefined) {
      throw new CsvError(`No CSV at character ${at + 1}.`);
    }
    row.push(undefuse(quoted?.replaceAll('""', '"') ?? plain));
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
