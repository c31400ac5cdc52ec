import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../policy/time.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { AGAIN, retryUntil } from './retry.ts';

/** The most requests that one BatchWriteItem call takes. */
const REQUESTS_PER_CALL = 25;

export interface BatchWrite {
  readonly table: string;
  /** At most one for each item. */
  readonly requests: readonly WriteRequest[];
  readonly deadlineAt: Instant;
}

/**
 * Puts and deletes whole items, 25 a call, one call after the other; those left unprocessed are sent again.
 *
 * @throws {UnavailableError} when one is not written by the deadline.
 */
export async function writeBatch(
  context: DynamoContext,
  { table, requests, deadlineAt }: BatchWrite,
): Promise<void> {
  for (let start = 0; start < requests.length; start += REQUESTS_PER_CALL) {
    let left = requests.slice(start, start + REQUESTS_PER_CALL);
    await retryUntil(
      deadlineAt,
      async (options) => {
        const command = new BatchWriteItemCommand({ RequestItems: { [table]: left } });
        const { UnprocessedItems } = await context.client.send(command, options);
        left = UnprocessedItems?.[table] ?? [];
        return left.length === 0 ? true : AGAIN;
      },
      context,
    );
  }
}
