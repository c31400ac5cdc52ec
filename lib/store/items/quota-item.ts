import type { Unbounce } from '../../policy/address-record.ts';
import { type Month, toIso } from '../../policy/time.ts';
import type { LedgerRow } from '../ledger-port.ts';
import { type Item, ItemReader } from './item.ts';
import { readUnbounce, writeUnbounce } from './record-item.ts';

/** The key of a month's counter. */
export function counterKey(account: string, month: Month): Item {
  return { account, entry: month };
}

/** What the sort keys of a month's ledger begin with. */
export function ledgerPrefix(month: Month): string {
  return `${month}#`;
}

/** The key of one unbounce in the ledger: within its month by time, then by address. */
export function ledgerKey({
  account,
  addressHash,
  unbounce: { month, unbouncedAt },
}: {
  readonly account: string;
  readonly addressHash: string;
  readonly unbounce: Pick<Unbounce, 'month' | 'unbouncedAt'>;
}): Item {
  return { account, entry: `${ledgerPrefix(month)}${toIso(unbouncedAt)}#${addressHash}` };
}

/** A ledger row without its key; the readable address stands on the account's item alone. */
export function writeLedgerItem(addressHash: string, unbounce: Unbounce): Item {
  return { ...writeUnbounce(unbounce), addressHash };
}

/** Reads a row of the ledger. */
export function readLedgerItem(item: Item): LedgerRow {
  const reader = new ItemReader(item, 'ledger row');
  return {
    account: reader.text('account'),
    addressHash: reader.text('addressHash'),
    unbounce: readUnbounce(reader),
  };
}

/** How many unbounces a month's counter holds; none without an item. */
export function readUsed(item: Item | undefined): number {
  return item === undefined ? 0 : new ItemReader(item, 'quota counter').whole('used');
}
