import { canonicalAddress } from '../../lib/policy/address.ts';
import { fromBytes } from './bytes.ts';
import type { Dialect } from './dialect.ts';
import { InputError } from './input-error.ts';

/** What stands where in a list. */
export interface Layout {
  readonly hasHeader: boolean;
  /** Names of the columns as bytes: the header, or `address` and `column_N` where there is none. */
  readonly columns: readonly string[];
  readonly addressColumn: number;
}

type Cells = readonly string[];

/** Names that a column of addresses goes by, without spaces and dashes. The first that fits is taken. */
const ADDRESS_NAMES = ['email', 'emailaddress', 'mail', 'recipient', 'address'];

/**
 * Tells from the first rows of a list whether it has a header and which column holds the addresses: the one that was
 * asked for by name or number, else by its name, else by what it holds. Throws InputError when that is not plain.
 */
export function detectLayout(rows: readonly Cells[], kind: Dialect['kind'], wanted: string | null): Layout {
  const [first = []] = rows;
  const hasHeader = isHeader(first, kind, wanted);
  const data = hasHeader ? rows.slice(1) : rows;
  const names = first.map((_, column) => (hasHeader ? nameIn(first, column) : null));
  const width = Math.max(1, ...rows.map((cells) => cells.length));
  const addressColumn =
    wanted === null ? findColumn({ names, data, width }) : wantedColumn({ names, wanted, width });
  return { hasHeader, columns: hasHeader ? first : defaultColumns(width, addressColumn), addressColumn };
}

/** A first row that holds an address is no header, nor is one that means to; a single line must be named like one. */
function isHeader(first: Cells, kind: Dialect['kind'], wanted: string | null): boolean {
  if (kind === 'csv') return first.length > 0 && !first.some((cell) => cell.includes('@'));
  const name = nameIn(first, 0);
  return name !== '' && (ADDRESS_NAMES.includes(plain(name)) || name === wanted?.trim());
}

function nameIn(cells: Cells, column: number): string {
  return fromBytes(cells[column] ?? '').trim();
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function wantedColumn(list: { names: readonly (string | null)[]; wanted: string; width: number }): number {
  const wanted = list.wanted.trim();
  const named = list.names.findIndex((name) => name?.toLowerCase() === wanted.toLowerCase());
  if (named >= 0) return named;
  const numbered = /^\d+$/.test(wanted) ? Number(wanted) : 0;
  if (numbered >= 1 && numbered <= list.width) return numbered - 1;
  const known = list.names.filter((name) => name !== null);
  throw new InputError(
    known.length > 0
      ? `There is no column "${wanted}". The columns are: ${known.join(', ')}`
      : `There is no column "${wanted}", and no header. Give a number from 1 to ${list.width}.`,
  );
}

function findColumn(list: {
  names: readonly (string | null)[];
  data: readonly Cells[];
  width: number;
}): number {
  const held = Array.from({ length: list.width }, (_, column) => countAddresses(list.data, column));
  const named = ADDRESS_NAMES.flatMap((wanted) =>
    list.names.flatMap((name, column) => (name !== null && plain(name) === wanted ? [column] : [])),
  );
  const filled = named.find((column) => (held[column] ?? 0) > 0);
  if (filled !== undefined) return filled;
  const most = Math.max(...held);
  if (most === 0) {
    if (named[0] !== undefined) return named[0];
    if (list.width === 1) return 0;
    throw new InputError('No column holds addresses. Name the one that should with --column.');
  }
  const likely = held.flatMap((count, column) => (count * 2 >= most ? [column] : []));
  if (likely.length === 1) return likely[0] ?? 0;
  const names = likely.map((column) => list.names[column] ?? String(column + 1));
  throw new InputError(`Several columns hold addresses: ${names.join(', ')}. Choose with --column.`);
}

function countAddresses(rows: readonly Cells[], column: number): number {
  return rows.filter((cells) => canonicalAddress(fromBytes(cells[column] ?? '')) !== null).length;
}

function defaultColumns(width: number, addressColumn: number): string[] {
  return Array.from({ length: width }, (_, column) =>
    column === addressColumn ? 'address' : `column_${column + 1}`,
  );
}
