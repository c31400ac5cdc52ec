import type { Item } from '../../lib/store/items/item.ts';
import { recordScope } from '../../lib/store/items/record-item.ts';
import { STATUS_SCOPE } from '../../lib/store/items/status-item.ts';

/** The items of one address, as stored. */
export interface AddressItems {
  readonly addressHash: string;
  /** By account. */
  readonly records: ReadonlyMap<string, Item>;
  readonly status: Item | undefined;
}

const RECORD_PREFIX = recordScope('');

/** The addresses of items that come address by address. Their bounces, which decide nothing any more, are not kept. */
export async function* addressesIn(items: AsyncIterable<Item>): AsyncGenerator<AddressItems> {
  let known: Item[] = [];
  for await (const { bounces: _, ...item } of items) {
    if (known[0] !== undefined && known[0]['addressHash'] !== item['addressHash']) {
      yield addressOf(known);
      known = [];
    }
    known.push(item);
  }
  if (known.length > 0) yield addressOf(known);
}

function addressOf(items: readonly Item[]): AddressItems {
  const records = items.flatMap((item): [string, Item][] => {
    const scope = String(item['scope']);
    return scope.startsWith(RECORD_PREFIX) ? [[scope.slice(RECORD_PREFIX.length), item]] : [];
  });
  return {
    addressHash: String(items[0]?.['addressHash']),
    records: new Map(records),
    status: items.find(({ scope }) => scope === STATUS_SCOPE),
  };
}
