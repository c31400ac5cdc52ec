import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AddressStatus } from '../policy/address-status.ts';
import { type Item, ItemReader } from './items/item.ts';
import { STATUS_SCOPE, statusOf } from './items/status-item.ts';

/** How the status item of an address changed. */
export interface StatusChange {
  readonly addressHash: string;
  readonly before: AddressStatus;
  readonly after: AddressStatus;
}

/** One record of the stream of AddressBounces, with both images. */
export interface StreamRecord {
  readonly dynamodb?: {
    readonly OldImage?: unknown;
    readonly NewImage?: unknown;
    /** In seconds. */
    readonly ApproximateCreationDateTime?: number;
  };
}

/**
 * Reads what a record of the stream tells of a status item; null for any other item, and for one that is gone.
 *
 * @throws {CorruptItemError} for an item that cannot be read.
 */
export function readStatusChange({ dynamodb }: StreamRecord): StatusChange | null {
  const after = readImage(dynamodb?.NewImage);
  if (after?.['scope'] !== STATUS_SCOPE) {
    return null;
  }
  return {
    addressHash: new ItemReader(after, 'stream record').text('addressHash'),
    before: statusOf(readImage(dynamodb?.OldImage)),
    after: statusOf(after),
  };
}

/** An item as the stream tells it; undefined where there is none. */
export function readImage(image: unknown): Item | undefined {
  return image === undefined ? undefined : unmarshall(image as Record<string, AttributeValue>);
}
