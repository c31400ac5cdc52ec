import { randomUUID } from 'node:crypto';
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../policy/time.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import { retryUntil } from './retry.ts';

/**
 * Writes all of it or nothing. The token lets a try whose answer was lost be asked again: what is written already is
 * answered as saved. `lost` when a condition no longer holds.
 *
 * @throws {UnavailableError} at the deadline.
 */
export async function transact(
  context: DynamoContext,
  { items, deadlineAt }: { readonly items: TransactWriteItem[]; readonly deadlineAt: Instant },
): Promise<'saved' | 'lost'> {
  const command = new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: randomUUID() });
  return await retryUntil<'saved' | 'lost'>(
    deadlineAt,
    async (options) => {
      try {
        await context.client.send(command, options);
        return 'saved';
      } catch (error) {
        if (lostConditions(error).length > 0) {
          return 'lost';
        }
        throw error;
      }
    },
    context,
  );
}
