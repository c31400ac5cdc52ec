import { type AttributeValue, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Instant } from '../policy/time.ts';
import type { DynamoContext } from './dynamo-context.ts';
import type { Item } from './items/item.ts';
import { retryUntil } from './retry.ts';

/** Every item that a query finds, strongly consistent, page after page. */
export async function queryAll(
  context: DynamoContext,
  query: QueryCommandInput,
  deadlineAt: Instant,
): Promise<Item[]> {
  const all: Item[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await queryPage(context, { ...query, ExclusiveStartKey: start }, deadlineAt);
    all.push(...page.items);
    start = page.next;
  } while (start !== undefined);
  return all;
}

/** The first page of a query, strongly consistent. */
export async function queryPage(context: DynamoContext, query: QueryCommandInput, deadlineAt: Instant) {
  const command = new QueryCommand({ ...query, ConsistentRead: true });
  const answer = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  return { items: (answer.Items ?? []).map((item) => unmarshall(item)), next: answer.LastEvaluatedKey };
}
