import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import type { Item } from '../../lib/store/items/item.ts';
import { type RequestOptions, retryUntil } from '../../lib/store/retry.ts';

/** How many parts of a table are read at once. Of each, one page of 1 MB is held. */
const SEGMENTS = 4;
/** How long one page, or one look at an address, is tried again while the table is busy. */
export const PATIENCE_IN_MS = 60_000;

type StoredItem = Record<string, AttributeValue>;
type Page = { readonly Items?: StoredItem[] | undefined; readonly LastEvaluatedKey?: StoredItem | undefined };
type ReadPage = (start: StoredItem | undefined, options: RequestOptions) => Promise<Page>;

/**
 * Reads every item of a table in several parts at once, strongly consistent. Items of one partition key come together,
 * sorted. When the work on one part fails, the others end too.
 */
export async function scanTable(
  context: DynamoContext,
  input: ScanCommandInput,
  work: (items: AsyncIterable<Item>) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const segments = Array.from({ length: SEGMENTS }, async (_, Segment) => {
    const segment = { ...input, ConsistentRead: true, Segment, TotalSegments: SEGMENTS };
    const items = itemsOf(context, (ExclusiveStartKey, options) => {
      failed.signal.throwIfAborted();
      return context.client.send(new ScanCommand({ ...segment, ExclusiveStartKey }), options);
    });
    await work(items).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
  });
  await Promise.all(segments);
}

/** Reads the counters and the ledger of an account, or the rows of one month, strongly consistent and sorted. */
export function queryQuotas(
  context: DynamoContext,
  { account, month }: { readonly account: string; readonly month: string | null },
): AsyncGenerator<Item> {
  const rowsOnly = month === null ? {} : { ':rows': `${month}#` };
  const query: QueryCommandInput = {
    TableName: context.tables.unbounceQuotas,
    KeyConditionExpression: `account = :account${month === null ? '' : ' AND begins_with(entry, :rows)'}`,
    ExpressionAttributeValues: marshall({ ':account': account, ...rowsOnly }),
    ConsistentRead: true,
  };
  return itemsOf(context, (ExclusiveStartKey, options) =>
    context.client.send(new QueryCommand({ ...query, ExclusiveStartKey }), options),
  );
}

async function* itemsOf(context: DynamoContext, readPage: ReadPage): AsyncGenerator<Item> {
  let start: StoredItem | undefined;
  do {
    const deadlineAt = context.clock() + PATIENCE_IN_MS;
    const page = await retryUntil(deadlineAt, (options) => readPage(start, options), context);
    for (const item of page.Items ?? []) {
      yield unmarshall(item);
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
