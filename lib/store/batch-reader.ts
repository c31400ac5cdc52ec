import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../policy/time.ts';
import { eachOf } from '../work-pool.ts';
import type { DynamoContext } from './dynamo-context.ts';
import type { Item } from './items/item.ts';
import { plainItem } from './plain-item.ts';
import { AGAIN, optionsUntil, type RetryContext, retryUntil } from './retry.ts';

/** The most keys that one BatchGetItem call takes. */
const KEYS_PER_CALL = 100;
const CALLS_AT_ONCE = 32;

type StoredKey = Record<string, AttributeValue>;

export interface BatchQuery {
  readonly table: string;
  /** None twice: DynamoDB refuses such a call. */
  readonly keys: readonly Item[];
  readonly deadlineAt: Instant;
}

/**
 * Reads items by key, strongly consistent: 100 keys a call, up to 32 calls at once. Keys that DynamoDB
 * leaves unprocessed are asked again. The order of the items is not that of the keys.
 *
 * @throws {UnavailableError} when one key is still unread at the deadline.
 */
export async function readBatch(context: DynamoContext, query: BatchQuery): Promise<Item[]> {
  const calls = chunksOf(query.keys, KEYS_PER_CALL);
  const items: Item[] = [];
  const shared = { ...context, options: optionsUntil(query.deadlineAt, context.clock) };
  await eachOf(calls, Math.min(CALLS_AT_ONCE, calls.length), async (keys) => {
    await readCall(shared, { ...query, keys, items });
  });
  return items;
}

interface Call extends BatchQuery {
  readonly items: Item[];
}

async function readCall(
  context: DynamoContext & RetryContext,
  { table, items, deadlineAt, ...call }: Call,
): Promise<void> {
  let keys = call.keys.map(storedKey);
  await retryUntil(
    deadlineAt,
    async (options) => {
      const command = new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: keys, ConsistentRead: true } },
      });
      const answer = await context.client.send(command, options);
      const read = answer.Responses?.[table];
      const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      // Without a word about the table nothing was read: unread must never look like not stored.
      if (read === undefined && left.length === 0) return AGAIN;
      for (const stored of read ?? []) {
        items.push(plainItem(stored));
      }
      keys = left;
      return keys.length === 0 ? true : AGAIN;
    },
    context,
  );
}

/** Every key is of texts: what `marshall` would find out for each of them. */
function storedKey(key: Item): StoredKey {
  const stored: StoredKey = {};
  for (const name of Object.keys(key)) {
    stored[name] = { S: key[name] as string };
  }
  return stored;
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
