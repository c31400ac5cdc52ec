import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Instant } from '../policy/time.ts';
import { readBatch } from './batch-reader.ts';
import type { DynamoContext } from './dynamo-context.ts';
import type { Item } from './items/item.ts';
import { changedNames, type VersionedChange, versionCheck, versionedUpdate } from './update-expression.ts';

/**
 * An update expression has at most 4 KB. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB",
 * expression parameters.
 */
const MOST_UPDATED_ATTRIBUTES = 200;

/**
 * The action that takes an item from one state to the next. Where an expression could not name all that changes, the
 * whole item is written, with those attributes of the stored one that this code does not know.
 */
export async function versionedWrite(
  context: DynamoContext,
  change: VersionedChange,
  deadlineAt: Instant,
): Promise<Pick<TransactWriteItem, 'Update' | 'Put'>> {
  if (changedNames(change).length <= MOST_UPDATED_ATTRIBUTES) {
    return { Update: versionedUpdate(change) };
  }
  const { Key, ...asRead } = versionCheck(change);
  const { table, key } = change;
  const [stored = {}] = await readBatch(context, { table, keys: [key], deadlineAt });
  return { Put: { ...asRead, Item: marshall(wholeItem(stored, change), { removeUndefinedValues: true }) } };
}

function wholeItem(stored: Item, { key, version, before, after }: VersionedChange): Item {
  const others = Object.entries(stored).filter(([name]) => !Object.hasOwn(before, name));
  return { ...Object.fromEntries(others), ...after, ...key, v: version + 1 };
}
