import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Instant } from '../policy/time.ts';
import { UnavailableError } from '../policy/unavailable.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { isPassing } from './faults.ts';
import type { Item } from './items/item.ts';
import { AGAIN, retryUntil } from './retry.ts';

/** The most keys that one BatchGetItem call takes. */
const KEYS_PER_CALL = 100;
const CALLS_AT_ONCE = 32;

type StoredKey = Record<string, AttributeValue>;

export interface BatchQuery {
  readonly table: string;
  /** Distinct keys. */
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
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), Math.max(query.deadlineAt - context.clock(), 0));
  const items: Item[] = [];
  let next = 0;
  const work = async () => {
    for (let keys = calls[next++]; keys !== undefined; keys = calls[next++]) {
      await readCall(context, { ...query, keys, items, abortSignal: abort.signal });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, calls.length) }, work));
  } catch (error) {
    throw isPassing(error) ? unread(error) : error;
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
  return items;
}

interface Call extends BatchQuery {
  readonly items: Item[];
  readonly abortSignal: AbortSignal;
}

async function readCall(context: DynamoContext, call: Call): Promise<void> {
  const { table, items, abortSignal } = call;
  let keys: StoredKey[] = call.keys.map((key) => marshall(key));
  await retryUntil(
    call.deadlineAt,
    async () => {
      const command = new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: keys, ConsistentRead: true } },
      });
      try {
        const answer = await context.client.send(command, { abortSignal });
        for (const stored of answer.Responses?.[table] ?? []) {
          items.push(unmarshall(stored));
        }
        keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      } catch (error) {
        if (abortSignal.aborted || !isPassing(error)) {
          throw error;
        }
      }
      return keys.length === 0 ? true : AGAIN;
    },
    context,
  );
}

function unread(cause: unknown): UnavailableError {
  return cause instanceof UnavailableError
    ? cause
    : new UnavailableError('Some addresses could not be read in time. Try again.', { cause });
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
