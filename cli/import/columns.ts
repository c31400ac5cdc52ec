import { meaningOf } from '../../lib/policy/import-words.ts';
import { fromBytes } from '../filter/bytes.ts';
import type { Dialect } from '../filter/dialect.ts';
import { InputError } from '../filter/input-error.ts';
import { detectLayout, type Layout } from '../filter/layout.ts';
import { readDate } from './dates.ts';
import { type Field, MAYBE_REASONS, PROVIDERS, type Provider, plainName, USUAL_NAMES } from './providers.ts';

/** What stands where in a list of suppressions. */
export interface Columns {
  readonly layout: Layout;
  /** Whose list it is, where its columns tell. */
  readonly provider: Provider | null;
  readonly at: Readonly<Record<Field, number | null>>;
  /** Where a TRUE says why, and what, in the order in which they count. */
  readonly flags: readonly (readonly [column: number, reason: string])[];
}

/** Columns that were named by hand, by name or number. */
export type NamedColumns = Partial<Readonly<Record<Field, string>>>;

type Cells = readonly string[];

/** Tells from the first rows which column says what. Throws InputError when that is not plain. */
export function detectColumns(rows: readonly Cells[], kind: Dialect['kind'], named: NamedColumns): Columns {
  const layout = detectLayout(rows, kind, named.address ?? null);
  const [header = []] = layout.hasHeader ? rows : [];
  const names = header.map((cell) => plainName(fromBytes(cell)));
  const provider = PROVIDERS.find(({ has }) => has.every((name) => names.includes(name))) ?? null;
  const data = layout.hasHeader ? rows.slice(1) : rows;
  const list = { layout, header, names, data, provider, named };
  const [status, diagnostic, date] = (['status', 'diagnostic', 'date'] as const).map((field) =>
    columnOf(field, list),
  );
  const reason = columnOf('reason', list) ?? likelyReason(list, [diagnostic, date]);
  return {
    layout,
    provider,
    at: {
      address: layout.addressColumn,
      reason,
      status: status === reason ? null : (status ?? null),
      diagnostic: diagnostic ?? null,
      date: date ?? null,
    },
    flags: Object.entries(provider?.flags ?? {}).flatMap(([name, why]) =>
      names.includes(name) ? [[names.indexOf(name), why] as const] : [],
    ),
  };
}

interface KnownList {
  readonly layout: Layout;
  readonly header: Cells;
  readonly names: readonly string[];
  readonly data: readonly Cells[];
  readonly provider: Provider | null;
  readonly named: NamedColumns;
}

function columnOf(field: Exclude<Field, 'address'>, list: KnownList): number | null {
  const { names, provider, named, layout } = list;
  const wanted = named[field];
  if (wanted !== undefined) return wantedColumn(wanted, list);
  if (!layout.hasHeader) return field === 'date' ? likelyDate(list) : null;
  const usual = provider === null ? USUAL_NAMES[field] : [provider.columns[field] ?? ''];
  const found = usual.map((name) => names.indexOf(name)).find((column) => column >= 0);
  return found === undefined || found === layout.addressColumn ? null : found;
}

/** Throws InputError. */
function wantedColumn(wanted: string, { names, header, layout }: KnownList): number {
  const byName = names.indexOf(plainName(wanted));
  if (byName >= 0) return byName;
  const number = /^\d+$/.test(wanted) ? Number(wanted) : 0;
  if (number >= 1 && number <= layout.columns.length) return number - 1;
  const known = header.map(fromBytes).join(', ');
  throw new InputError(
    known === ''
      ? `There is no column "${wanted}", and no header. Give a number from 1 to ${layout.columns.length}.`
      : `There is no column "${wanted}". The columns are: ${known}`,
  );
}

/** A column of nothing but words that are known to be reasons. */
function likelyReason(list: KnownList, others: readonly (number | null | undefined)[]): number | null {
  const { names, layout, provider } = list;
  if (provider !== null) return null;
  const candidates = layout.hasHeader
    ? MAYBE_REASONS.map((name) => names.indexOf(name)).filter((column) => column >= 0)
    : otherColumns(list);
  const isReason = (cell: string) => meaningOf(cell) !== null;
  return candidates.find((column) => !others.includes(column) && holdsOnly(list, column, isReason)) ?? null;
}

function likelyDate(list: KnownList): number | null {
  const isDate = (cell: string) => readDate(cell, null) !== cell.trim() || /^\d{4}-\d\d-\d\d/.test(cell);
  return otherColumns(list).find((column) => holdsOnly(list, column, isDate)) ?? null;
}

function otherColumns({ layout }: KnownList): readonly number[] {
  return layout.columns.map((_, column) => column).filter((column) => column !== layout.addressColumn);
}

function holdsOnly({ data }: KnownList, column: number, is: (cell: string) => boolean): boolean {
  const cells = data.map((row) => fromBytes(row[column] ?? '').trim()).filter((cell) => cell !== '');
  return cells.length > 0 && cells.every(is);
}
