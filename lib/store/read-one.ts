import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Instant } from '../policy/time.ts';
import type { DynamoContext } from './dynamo-context.ts';
import type { Item } from './items/item.ts';
import { retryUntil } from './retry.ts';

/**
 * Reads one item, strongly consistent.
 *
 * @throws {UnavailableError} when it is still unread at the deadline.
 */
export async function readOne(
  context: DynamoContext,
  { table, key, deadlineAt }: { readonly table: string; readonly key: Item; readonly deadlineAt: Instant },
): Promise<Item | undefined> {
  const command = new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true });
  const { Item } = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  return Item && unmarshall(Item);
}
