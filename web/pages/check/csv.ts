/** What a spreadsheet takes for the beginning of a formula, and the quote that takes its meaning away. */
const DEFUSED_START = /^[=+\-@\t\r']/;
const NEEDS_QUOTES = /[",\p{Cc}]|^ | $/u;

/**
 * Rows as CSV, with CRLF after each, as the API writes it: a cell that begins with = + - @ TAB CR or ' has one more '
 * before it, so that no spreadsheet evaluates it. RFC 4180 section 2.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',') || '""'}\r\n`).join('');
}

function writeCell(cell: string): string {
  const defused = DEFUSED_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
