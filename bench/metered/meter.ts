import type { StoredItem } from './item-size.ts';
import { itemSize } from './item-size.ts';

/** What operations cost. Source: Amazon DynamoDB Developer Guide, "DynamoDB read and write operations". */
export interface Units {
  readonly calls: number;
  /** Items asked for by their key. */
  readonly keys: number;
  /** Read request units. */
  readonly reads: number;
  /** Write request units, those of the index among them. */
  readonly writes: number;
}

export const NOTHING: Units = { calls: 0, keys: 0, reads: 0, writes: 0 };

const READ_UNIT_IN_OCTETS = 4096;
const WRITE_UNIT_IN_OCTETS = 1024;
/** Each item of a transaction is prepared and then committed, its index entry too, as DynamoDB Local counts it. */
export const TRANSACTION_FACTOR = 2;

/** A strongly consistent read of one item, there or not. */
export function readUnits(item: StoredItem | undefined): number {
  return unitsOf(item, READ_UNIT_IN_OCTETS);
}

/** A query's items are read as if they were one. */
export function queryUnits(items: readonly StoredItem[]): number {
  const octets = items.reduce((sum, item) => sum + itemSize(item), 0);
  return Math.max(1, Math.ceil(octets / READ_UNIT_IN_OCTETS));
}

/** A write counts the larger of what was there and what is. */
export function writeUnits(before: StoredItem | undefined, after: StoredItem | undefined): number {
  return Math.max(unitsOf(before, WRITE_UNIT_IN_OCTETS), unitsOf(after, WRITE_UNIT_IN_OCTETS));
}

/** An index follows with a write for each entry that begins, changes or ends; two where its key changes. */
export function indexUnits(
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  keyNames: readonly string[],
): number {
  if (before === undefined && after === undefined) return 0;
  if (before === undefined || after === undefined) return writeUnits(before, after);
  if (JSON.stringify(before) === JSON.stringify(after)) return 0;
  const sameKey = keyNames.every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]));
  return sameKey ? writeUnits(before, after) : writeUnits(before, undefined) + writeUnits(undefined, after);
}

function unitsOf(item: StoredItem | undefined, unitInOctets: number): number {
  return item === undefined ? 1 : Math.max(1, Math.ceil(itemSize(item) / unitInOctets));
}
