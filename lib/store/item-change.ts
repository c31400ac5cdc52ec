import type { AddressRecord } from '../policy/address-record.ts';
import type { AddressStatus } from '../policy/address-status.ts';
import type { Instant } from '../policy/time.ts';
import { ItemReader } from './items/item.ts';
import { readRecordItem, recordOf } from './items/record-item.ts';
import { STATUS_SCOPE, statusOf } from './items/status-item.ts';
import { readImage, type StreamRecord } from './status-change.ts';

/** How one of the items of an address changed. */
export type ItemChange = { readonly addressHash: string } & (
  | {
      readonly item: 'status';
      readonly before: AddressStatus;
      readonly after: AddressStatus;
      /** As the stream tells it: the same however often it does. */
      readonly changedAt: Instant;
    }
  | { readonly item: 'record'; readonly before: AddressRecord; readonly after: AddressRecord }
);

/**
 * Reads what a record of the stream of AddressBounces tells; null for an item that is gone.
 *
 * @throws {CorruptItemError} for an item that cannot be read.
 */
export function readItemChange({ dynamodb }: StreamRecord): ItemChange | null {
  const after = readImage(dynamodb?.NewImage);
  if (after === undefined) {
    return null;
  }
  const before = readImage(dynamodb?.OldImage);
  const addressHash = new ItemReader(after, 'stream record').text('addressHash');
  if (after['scope'] === STATUS_SCOPE) {
    const changedAt = Math.round((dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000);
    return { addressHash, item: 'status', before: statusOf(before), after: statusOf(after), changedAt };
  }
  const record = readRecordItem(after);
  return { addressHash, item: 'record', before: recordOf(record.account, before), after: record };
}
