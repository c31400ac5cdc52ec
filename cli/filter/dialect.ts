import type { Options } from 'csv-parse';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { fromBytes } from './bytes.ts';
import { InputError } from './input-error.ts';

/** How a list is written. */
export interface Dialect {
  /** `lines` is one address a line, in which commas and quotes belong to the address. */
  readonly kind: 'csv' | 'lines';
  readonly delimiter: string;
  readonly endOfLine: string;
  /** The byte order mark that the list begins with, as bytes, or nothing. */
  readonly mark: string;
}

export const UTF8_MARK = '\u00ef\u00bb\u00bf';
const DELIMITERS = [',', ';', '\t', '|'];
const MOST_LINES = 100;
/** An open quote that nobody closes would swallow the rest of the list. */
const MOST_ROW_IN_BYTES = 1_048_576;

/** Tells from the first bytes of a list how it is written. Throws InputError. */
export function detectDialect(sample: string): Dialect {
  if (sample.includes('\0')) {
    throw new InputError('This is no text (a spreadsheet, or UTF-16?). Save it as CSV in UTF-8.');
  }
  const mark = sample.startsWith(UTF8_MARK) ? UTF8_MARK : '';
  const text = sample.slice(mark.length);
  const lines = text
    .split(/\r\n|\n|\r/, MOST_LINES)
    .filter((line) => line !== '')
    .map(fromBytes);
  const isCsv = lines.some(isRow);
  return {
    kind: isCsv ? 'csv' : 'lines',
    delimiter: isCsv ? delimiterOf(lines[0] ?? '') : ',',
    endOfLine: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    mark,
  };
}

/** Whether the line means more than itself: `"Doe, Ann" <ann@example.com>` is one address, `Ann,ann@example.com` two cells. */
function isRow(line: string): boolean {
  const isPunctuated = line.includes('"') || DELIMITERS.some((delimiter) => line.includes(delimiter));
  return isPunctuated && canonicalAddress(line) === null;
}

function delimiterOf(line: string): string {
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** How csv-parse reads the dialect. */
export function csvOptions({ kind, delimiter }: Dialect) {
  return {
    encoding: 'latin1',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_ROW_IN_BYTES,
    ...(kind === 'csv' ? { delimiter } : { delimiter: '\0', quote: false }),
  } as const satisfies Options;
}
