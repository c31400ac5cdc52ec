import { DeleteItemCommand, PutItemCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Instant, toIso } from '../policy/time.ts';
import { writeBatch } from './batch-writer.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import { type Item, ItemReader } from './items/item.ts';
import {
  listedKey,
  listedPartition,
  listedPrefix,
  PENDING_REMOVALS,
  pendingKey,
  readingKey,
  readListedItem,
  readPendingItem,
  readReadingItem,
  writeListedItem,
  writeReadingItem,
} from './items/ses-list-item.ts';
import type { Page } from './port.ts';
import { queryAll, queryPage } from './query.ts';
import { readOne } from './read-one.ts';
import { type RequestOptions, retryUntil } from './retry.ts';
import type { ListedAddress, SesListQuery, SesListStore } from './ses-list-port.ts';

/** What keeps Rebound and SES's account list in step, in DynamoDB (table Accounts). */
export function createDynamoSesListStore(context: DynamoContext): SesListStore {
  const table = context.tables.accounts;
  /** Sends a conditional write; false when its condition does not hold. */
  const write = async (deadlineAt: Instant, send: (options: RequestOptions) => Promise<unknown>) =>
    await retryUntil(
      deadlineAt,
      async (options) => {
        try {
          await send(options);
          return true;
        } catch (error) {
          if (lostConditions(error).length > 0) {
            return false;
          }
          throw error;
        }
      },
      context,
    );
  /** Holds where no later request is noted. */
  const notLater = (requestedAt: Instant) => ({
    ConditionExpression: 'attribute_not_exists(#at) OR #at <= :at',
    ExpressionAttributeNames: { '#at': 'requestedAt' },
    ExpressionAttributeValues: marshall({ ':at': toIso(requestedAt) }),
  });

  return {
    async notePending({ addressHash, requestedAt, queuedAt }, deadlineAt) {
      const item = { ...pendingKey(addressHash), requestedAt: toIso(requestedAt), queuedAt: toIso(queuedAt) };
      const input = { TableName: table, Item: marshall(item), ...notLater(requestedAt) };
      await write(deadlineAt, (options) => context.client.send(new PutItemCommand(input), options));
    },
    async forgetPending({ addressHash, requestedAt }, deadlineAt) {
      const input = { TableName: table, Key: marshall(pendingKey(addressHash)), ...notLater(requestedAt) };
      await write(deadlineAt, (options) => context.client.send(new DeleteItemCommand(input), options));
    },
    listPending: (query) => listPage(context, PENDING_REMOVALS, query, readPendingItem),
    async noteListed(region, entries, deadlineAt) {
      const items = new Map(entries.map((entry) => [JSON.stringify(listedKey(region, entry)), entry]));
      const requests = [...items.values()].map((entry) => ({
        PutRequest: { Item: marshall(writeListedItem(region, entry)) },
      }));
      await writeBatch(context, { table, requests, deadlineAt });
    },
    async forgetListed(region, entries, deadlineAt) {
      const requests = entries.map((entry) => ({
        DeleteRequest: { Key: marshall(listedKey(region, entry)) },
      }));
      await writeBatch(context, { table, requests, deadlineAt });
    },
    listListed: ({ region, ...query }) => listPage(context, listedPartition(region), query, readListedItem),
    findListed: ({ region, addressHash, deadlineAt }) =>
      findListed(context, { region, addressHash, deadlineAt }),
    async readReading(region, deadlineAt) {
      const item = await readOne(context, { table, key: readingKey(region), deadlineAt });
      return item === undefined ? null : readReadingItem(item);
    },
    async saveReading(reading, deadlineAt) {
      const { region, version } = reading;
      const item = { ...readingKey(region), ...writeReadingItem(reading), v: version + 1 };
      const input = {
        TableName: table,
        Item: marshall(item, { removeUndefinedValues: true }),
        ConditionExpression: version === 0 ? 'attribute_not_exists(#v)' : '#v = :version',
        ExpressionAttributeNames: { '#v': 'v' },
        ...(version > 0 && { ExpressionAttributeValues: marshall({ ':version': version }) }),
      };
      return await write(deadlineAt, (options) => context.client.send(new PutItemCommand(input), options));
    },
  };
}

async function findListed(
  context: DynamoContext,
  { region, addressHash, deadlineAt }: Parameters<SesListStore['findListed']>[0],
): Promise<readonly ListedAddress[]> {
  const query = {
    TableName: context.tables.accounts,
    KeyConditionExpression: '#account = :list AND begins_with(#item, :address)',
    ExpressionAttributeNames: { '#account': 'account', '#item': 'item' },
    ExpressionAttributeValues: marshall({
      ':list': listedPartition(region),
      ':address': listedPrefix(addressHash),
    }),
  };
  return (await queryAll(context, query, deadlineAt)).map(readListedItem);
}

async function listPage<T>(
  context: DynamoContext,
  partition: string,
  { limit, after, deadlineAt }: SesListQuery,
  read: (item: Item) => T,
): Promise<Page<T, string>> {
  const query: QueryCommandInput = {
    TableName: context.tables.accounts,
    KeyConditionExpression: '#account = :partition',
    ExpressionAttributeNames: { '#account': 'account' },
    ExpressionAttributeValues: marshall({ ':partition': partition }),
    Limit: limit,
    ...(after !== null && { ExclusiveStartKey: marshall({ account: partition, item: after }) }),
  };
  const { items, next } = await queryPage(context, query, deadlineAt);
  const last = items.at(-1);
  const isLast = next === undefined || last === undefined;
  return { items: items.map(read), next: isLast ? null : new ItemReader(last, 'row').text('item') };
}
