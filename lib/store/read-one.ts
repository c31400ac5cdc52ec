import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Instant } from '../policy/time.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { isPassing } from './faults.ts';
import type { Item } from './items/item.ts';
import { AGAIN, retryUntil } from './retry.ts';

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
  const found = await retryUntil<{ item: Item | undefined }>(
    deadlineAt,
    async () => {
      try {
        const { Item } = await context.client.send(command);
        return { item: Item && unmarshall(Item) };
      } catch (error) {
        if (isPassing(error)) {
          return AGAIN;
        }
        throw error;
      }
    },
    context,
  );
  return found.item;
}
