import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DayCounts } from '../policy/bounce-statistics.ts';
import type {
  BounceCountQuery,
  BounceCountReader,
  BounceCountWrite,
  BounceCountWriter,
} from './bounce-count-port.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { dayExpiry, dayKey, readDayItem } from './items/bounce-count-item.ts';
import { queryAll } from './query.ts';
import { retryUntil } from './retry.ts';

/** What a count is worth waiting for; a batch goes on without it. */
const PATIENCE_IN_MS = 3_000;

/** Counts bounces by day in DynamoDB (table CampaignRecipients). */
export function createDynamoBounceCountWriter(context: DynamoContext): BounceCountWriter {
  return { addBounceCounts: (write) => addBounceCounts(context, write) };
}

/** Reads what a writer has counted. */
export function createDynamoBounceCountReader(context: DynamoContext): BounceCountReader {
  return { readBounceCounts: (query) => readBounceCounts(context, query) };
}

async function addBounceCounts(
  context: DynamoContext,
  { tally: { account, day, counts }, deadlineAt }: BounceCountWrite,
): Promise<void> {
  const changes = [...counts];
  const command = new UpdateItemCommand({
    TableName: context.tables.campaignRecipients,
    Key: marshall(dayKey(account, day)),
    UpdateExpression: `SET #expiresAt = :expiresAt ADD ${changes.map((_, place) => `#${place} :${place}`).join(', ')}`,
    ExpressionAttributeNames: {
      '#expiresAt': 'expiresAt',
      ...Object.fromEntries(changes.map(([reason], place) => [`#${place}`, reason])),
    },
    ExpressionAttributeValues: marshall({
      ':expiresAt': dayExpiry(day),
      ...Object.fromEntries(changes.map(([, count], place) => [`:${place}`, count])),
    }),
  });
  const soonest = Math.min(deadlineAt, context.clock() + PATIENCE_IN_MS);
  await retryUntil(soonest, (options) => context.client.send(command, options), context);
}

async function readBounceCounts(
  context: DynamoContext,
  { account, from, to, deadlineAt }: BounceCountQuery,
): Promise<readonly DayCounts[]> {
  const { campaignShard, recipient: first } = dayKey(account, from);
  const { recipient: last } = dayKey(account, to);
  const query = {
    TableName: context.tables.campaignRecipients,
    KeyConditionExpression: '#shard = :account AND #day BETWEEN :first AND :last',
    ExpressionAttributeNames: { '#shard': 'campaignShard', '#day': 'recipient' },
    ExpressionAttributeValues: marshall({ ':account': campaignShard, ':first': first, ':last': last }),
  };
  return (await queryAll(context, query, deadlineAt)).map(readDayItem);
}
