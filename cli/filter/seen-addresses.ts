import { hash } from 'node:crypto';

/** Which addresses have come before. */
export interface SeenAddresses {
  /** Remembers the address; true when it was known already. */
  remember(address: string): boolean;
  /** Whether no further address is remembered. */
  isFull(): boolean;
}

const FIRST_SLOTS = 65_536;
const MOST_LOAD = 0.7;
/** They fill a table of 64 MiB. */
const MOST_ADDRESSES = 5_800_000;

/**
 * Remembers addresses by 64 bits of their SHA-256 each: 11 to 23 bytes an address, 96 MiB at most. That two of a million
 * distinct addresses are taken for one has a chance of one in 37 million.
 */
export function createSeenAddresses(mostAddresses = MOST_ADDRESSES): SeenAddresses {
  let table = new Uint32Array(2 * FIRST_SLOTS);
  let count = 0;
  return {
    remember(address) {
      const digest = hash('sha256', address);
      const pair = {
        low: Number.parseInt(digest.slice(0, 8), 16),
        high: Number.parseInt(digest.slice(8, 16), 16) || 1,
      };
      const place = placeOf(table, pair);
      if (table[place + 1] !== 0) return true;
      if (count === mostAddresses) return false;
      table.set([pair.low, pair.high], place);
      count += 1;
      if (count > (table.length / 2) * MOST_LOAD) table = doubled(table);
      return false;
    },
    isFull: () => count === mostAddresses,
  };
}

/** Where the pair stands, or the empty slot where it belongs: one whose `high` is 0. */
function placeOf(table: Uint32Array, { low, high }: { low: number; high: number }): number {
  const mask = table.length - 1;
  let place = (low << 1) & mask;
  while (table[place + 1] !== 0 && (table[place] !== low || table[place + 1] !== high)) {
    place = (place + 2) & mask;
  }
  return place;
}

function doubled(table: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(table.length * 2);
  for (let at = 0; at < table.length; at += 2) {
    const [low = 0, high = 0] = [table[at], table[at + 1]];
    if (high !== 0) larger.set([low, high], placeOf(larger, { low, high }));
  }
  return larger;
}
