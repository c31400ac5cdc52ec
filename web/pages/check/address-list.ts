import { delimiterOf, type Row, readDelimited } from './delimited.ts';

/** A list as it was pasted or dropped. */
export interface AddressList {
  /** Null where the first row is a recipient already. */
  readonly header: Row | null;
  readonly rows: readonly Row[];
  /** How many columns the widest row has. */
  readonly columns: number;
  /** The column that looks like the addresses. */
  readonly likelyColumn: number;
}

const ROWS_LOOKED_AT = 500;
const BYTE_ORDER_MARK = /^\uFEFF/;

/** Reads a pasted text or a file. Throws OpenQuoteError. */
export function readAddressList(text: string): AddressList {
  const bare = text.replace(BYTE_ORDER_MARK, '');
  const rows = readDelimited(bare, delimiterOf(bare));
  if (rows.length > 0 && rows.every((row) => row.every(isAddressLike))) return ofAddressesAlone(rows);
  const [first = [], ...rest] = rows;
  const hasHeader =
    rest.length > 0 && !first.some(isAddressLike) && rest.some((row) => row.some(isAddressLike));
  const people = hasHeader ? rest : rows;
  const columns = Math.max(0, ...rows.slice(0, ROWS_LOOKED_AT).map((row) => row.length));
  return {
    header: hasHeader ? first : null,
    rows: people,
    columns,
    likelyColumn: likelyColumnOf(people, columns),
  };
}

/** As people write them into a mail: several in a row. */
function ofAddressesAlone(rows: readonly Row[]): AddressList {
  return {
    header: null,
    rows: rows.flatMap((row) => row.map((cell) => [cell])),
    columns: 1,
    likelyColumn: 0,
  };
}

function likelyColumnOf(rows: readonly Row[], columns: number): number {
  const looked = rows.slice(0, ROWS_LOOKED_AT);
  const counts = Array.from({ length: columns }, (_, column) =>
    looked.reduce((count, row) => count + (isAddressLike(row[column] ?? '') ? 1 : 0), 0),
  );
  return Math.max(0, counts.indexOf(Math.max(0, ...counts)));
}

function isAddressLike(cell: string): boolean {
  return cell.includes('@');
}
