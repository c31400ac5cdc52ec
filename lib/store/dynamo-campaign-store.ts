import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { campaignCounts, sumOf } from '../policy/campaign-counts.ts';
import type { CampaignRow } from '../policy/campaign-row.ts';
import { allOf } from '../work-pool.ts';
import { readBatch } from './batch-reader.ts';
import type {
  CampaignQuery,
  CampaignReader,
  CampaignWriter,
  CountedCampaign,
  RowPosition,
  RowsQuery,
} from './campaign-port.ts';
import { createCampaignRegistrar, findCampaign, listCampaigns } from './campaign-registry.ts';
import { writeRows } from './campaign-row-writer.ts';
import type { DynamoContext } from './dynamo-context.ts';
import {
  countKey,
  readCountItem,
  readRowItem,
  rowKey,
  rowPrefix,
  SHARDS,
  type StoredRow,
  shardKey,
  shardOf,
} from './items/campaign-item.ts';
import type { Page } from './port.ts';
import { retryUntil } from './retry.ts';

/** Keeps campaigns in DynamoDB: their rows and counts (table CampaignRecipients), and which there are (table Accounts). */
export function createDynamoCampaignWriter(
  context: DynamoContext,
  { retentionInDays }: { readonly retentionInDays: number },
): CampaignWriter {
  return {
    writeRows: (write) => writeRows({ ...context, retentionInDays }, write),
    registerCampaign: createCampaignRegistrar(context),
  };
}

/** Reads what a writer has kept. */
export function createDynamoCampaignReader(context: DynamoContext): CampaignReader {
  return {
    listCampaigns: (query) => listCampaigns(context, query),
    findCampaign: (query) => findCampaign(context, query),
    readCampaign: (query) => readCampaign(context, query),
    listRows: (query) => listRows(context, query),
  };
}

async function readCampaign(context: DynamoContext, query: CampaignQuery): Promise<CountedCampaign | null> {
  const { now, deadlineAt } = query;
  const keys = SHARDS.map((shard) => countKey(query, shard));
  const [campaign, items] = await allOf([
    findCampaign(context, query),
    readBatch(context, { table: context.tables.campaignRecipients, keys, deadlineAt }),
  ]);
  const unexpired = items.map(readCountItem).filter(({ expiresAt }) => expiresAt > now);
  const counts = campaignCounts(sumOf(unexpired.map((shard) => shard.counts)));
  return campaign && { ...campaign, counts };
}

/** Goes through the shards until it has read as many rows as asked for: at most one query for each, and one more. */
async function listRows(context: DynamoContext, query: RowsQuery): Promise<Page<CampaignRow, RowPosition>> {
  const read: StoredRow[] = [];
  let after = query.after?.addressHash ?? null;
  let place = after === null ? 0 : SHARDS.findIndex((shard) => shard === shardOf(after ?? ''));
  for (let shard = SHARDS[place]; shard !== undefined && read.length < query.limit; shard = SHARDS[place]) {
    const answer = await queryShard(context, query, { shard, after, limit: query.limit - read.length });
    const rows = (answer.Items ?? []).map((item) => readRowItem(unmarshall(item)));
    read.push(...rows);
    const hasMore = answer.LastEvaluatedKey !== undefined;
    after = hasMore ? (rows.at(-1)?.row.addressHash ?? null) : null;
    place += hasMore ? 0 : 1;
  }
  const last = read.at(-1);
  const isLastPage = SHARDS[place] === undefined || last === undefined;
  return {
    items: read.filter(({ expiresAt }) => expiresAt > query.now).map(({ row }) => row),
    next: isLastPage ? null : { addressHash: last.row.addressHash },
  };
}

interface ShardQuery {
  readonly shard: string;
  readonly after: string | null;
  readonly limit: number;
}

async function queryShard(
  context: DynamoContext,
  query: RowsQuery,
  { shard, after, limit }: ShardQuery,
): Promise<QueryCommandOutput> {
  const command = new QueryCommand({
    TableName: context.tables.campaignRecipients,
    KeyConditionExpression: '#shard = :shard AND begins_with(#recipient, :outcome)',
    ExpressionAttributeNames: { '#shard': 'campaignShard', '#recipient': 'recipient' },
    ExpressionAttributeValues: marshall({
      ':shard': shardKey(query, shard),
      ':outcome': rowPrefix(query.outcome),
    }),
    ConsistentRead: true,
    Limit: limit,
    ...(after === null ? {} : { ExclusiveStartKey: marshall(rowKey({ ...query, addressHash: after })) }),
  });
  return await retryUntil(query.deadlineAt, (options) => context.client.send(command, options), context);
}
