import { QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Campaign, CampaignPosition, CampaignQuery, CampaignsQuery } from './campaign-port.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import {
  campaignKey,
  LISTED,
  listedKey,
  positionOf,
  readCampaignItem,
  writeCampaignItems,
} from './items/campaign-registry-item.ts';
import type { Page } from './port.ts';
import { readOne } from './read-one.ts';
import { retryUntil } from './retry.ts';

/** Campaigns that one instance remembers to be known, so that it need not ask. */
const MOST_REMEMBERED = 1_000;

/** Puts campaigns on the list (table Accounts), each in one transaction; a known one costs a read, or nothing. */
export function createCampaignRegistrar(context: DynamoContext) {
  const remembered = new Set<string>();
  return async (query: CampaignQuery): Promise<void> => {
    const name = `${query.account}#${query.campaign}`;
    if (remembered.has(name)) {
      return;
    }
    if ((await findCampaign(context, query)) === null) {
      await addCampaign(context, query);
    }
    remembered.add(name);
    const [oldest] = remembered;
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) {
      remembered.delete(oldest);
    }
  };
}

export async function findCampaign(
  context: DynamoContext,
  { account, campaign, deadlineAt }: Omit<CampaignQuery, 'now'>,
): Promise<Campaign | null> {
  const key = campaignKey(account, campaign);
  const item = await readOne(context, { table: context.tables.accounts, key, deadlineAt });
  return item === undefined ? null : readCampaignItem(item);
}

async function addCampaign(
  { client, tables, ...context }: DynamoContext,
  { account, campaign, now, deadlineAt }: CampaignQuery,
): Promise<void> {
  const [found, listed] = writeCampaignItems(account, { campaign, firstSeenAt: now });
  const command = new TransactWriteItemsCommand({
    TransactItems: [
      {
        Put: {
          TableName: tables.accounts,
          Item: marshall(found),
          ConditionExpression: 'attribute_not_exists(#item)',
          ExpressionAttributeNames: { '#item': 'item' },
        },
      },
      { Put: { TableName: tables.accounts, Item: marshall(listed) } },
    ],
  });
  await retryUntil(
    deadlineAt,
    async (options) => {
      try {
        await client.send(command, options);
      } catch (error) {
        // Somebody else, or an earlier try, has made it known.
        if (lostConditions(error).length === 0) {
          throw error;
        }
      }
      return true;
    },
    context,
  );
}

export async function listCampaigns(
  context: DynamoContext,
  { account, limit, after, deadlineAt }: CampaignsQuery,
): Promise<Page<Campaign, CampaignPosition>> {
  const command = new QueryCommand({
    TableName: context.tables.accounts,
    KeyConditionExpression: '#account = :account AND begins_with(#item, :listed)',
    ExpressionAttributeNames: { '#account': 'account', '#item': 'item' },
    ExpressionAttributeValues: marshall({ ':account': account, ':listed': LISTED }),
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: limit,
    ...(after === null ? {} : { ExclusiveStartKey: marshall(listedKey(account, after)) }),
  });
  const answer = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  const items = (answer.Items ?? []).map((item) => readCampaignItem(unmarshall(item)));
  const last = items.at(-1);
  return {
    items,
    next: answer.LastEvaluatedKey === undefined || last === undefined ? null : positionOf(last),
  };
}
