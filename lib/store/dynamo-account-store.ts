import { randomUUID } from 'node:crypto';
import {
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { unsetAccount } from '../policy/account.ts';
import type { Instant } from '../policy/time.ts';
import { readBatch } from './batch-reader.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import {
  ownerKey,
  REGISTRY,
  readAccountItem,
  readOwnerItem,
  readRegistryItem,
  registryKey,
  settingsKey,
  writeAccountItem,
} from './items/account-item.ts';
import type { Item } from './items/item.ts';
import type {
  AccountChange,
  AccountOutcome,
  AccountStore,
  AccountsQuery,
  Senders,
  SendersQuery,
} from './port.ts';
import { queryPage } from './query.ts';
import { readOne } from './read-one.ts';
import { retryUntil } from './retry.ts';
import { versionedUpdate } from './update-expression.ts';

/** The accounts in DynamoDB (table Accounts). The default account is registered without an item. */
export function createDynamoAccountStore(
  context: DynamoContext,
  { defaultAccount }: { readonly defaultAccount: string },
): AccountStore {
  const table = context.tables.accounts;
  return {
    async readAccount(id, deadlineAt) {
      const item = await readOne(context, { table, key: settingsKey(id), deadlineAt });
      if (item === undefined) {
        return id === defaultAccount ? unsetAccount(id) : null;
      }
      return readAccountItem(item);
    },
    listAccounts: (query) => listAccounts(context, { ...query, defaultAccount }),
    findSenders: (query) => findSenders(context, { ...query, defaultAccount }),
    saveAccount: (change, deadlineAt) => saveAccount(context, change, deadlineAt),
  };
}

async function listAccounts(
  context: DynamoContext,
  { limit, after, deadlineAt, defaultAccount }: AccountsQuery & { readonly defaultAccount: string },
) {
  const query: QueryCommandInput = {
    TableName: context.tables.accounts,
    KeyConditionExpression: '#account = :registry',
    ExpressionAttributeNames: { '#account': 'account' },
    ExpressionAttributeValues: marshall({ ':registry': REGISTRY }),
    Limit: limit,
    ...(after && { ExclusiveStartKey: marshall(registryKey(after.account)) }),
  };
  const page = await queryPage(context, query, deadlineAt);
  const read = page.items.map(readRegistryItem);
  const last = read.at(-1);
  const others = read.filter((account) => account !== defaultAccount);
  const items = after === null ? [defaultAccount, ...others] : others;
  return { items, next: page.next === undefined || last === undefined ? null : { account: last } };
}

async function findSenders(
  context: DynamoContext,
  { accounts, identities, deadlineAt, defaultAccount }: SendersQuery & { readonly defaultAccount: string },
): Promise<Senders> {
  const asked = new Set(accounts).difference(new Set([defaultAccount]));
  const keys = [...Array.from(asked, settingsKey), ...Array.from(new Set(identities), ownerKey)];
  const items = await readBatch(context, { table: context.tables.accounts, keys, deadlineAt });
  const settings = items.filter(({ item }) => item === 'settings').map(readAccountItem);
  return {
    registered: new Set([defaultAccount, ...settings.map(({ id }) => id)]),
    owners: new Map(items.filter(({ item }) => item === 'owner').map(readOwnerItem)),
  };
}

/** Settings and identity owners change together, so that an identity never has two owners. */
async function saveAccount(
  context: DynamoContext,
  change: AccountChange,
  deadlineAt: Instant,
): Promise<AccountOutcome> {
  const { before, contacts, sendingIdentities } = change;
  const names = sendingIdentities.map(({ name }) => name);
  const held = before.sendingIdentities.map(({ name }) => name);
  const claimed = [...new Set(names)].filter((name) => !held.includes(name));
  const left = held.filter((name) => !names.includes(name));
  const table = context.tables.accounts;
  const command = new TransactWriteItemsCommand({
    TransactItems: [
      changeSettings(table, change),
      ...claimed.map((name) => claim(table, name, before.id)),
      ...left.map((name) => giveUp(table, name, before.id)),
      { Put: { TableName: table, Item: marshall(registryKey(before.id)) } },
    ],
    ClientRequestToken: randomUUID(),
  });
  return await retryUntil<AccountOutcome>(
    deadlineAt,
    async (options) => {
      try {
        await context.client.send(command, options);
        const account = { id: before.id, version: before.version + 1, contacts, sendingIdentities };
        return { outcome: 'saved', account };
      } catch (error) {
        const lost = lostConditions(error).map(({ index }) => index);
        if (lost.includes(0)) {
          return { outcome: 'lost' };
        }
        if (lost.length > 0) {
          return { outcome: 'identity_taken', identities: lost.flatMap((index) => claimed[index - 1] ?? []) };
        }
        throw error;
      }
    },
    context,
  );
}

function changeSettings(table: string, { before, ...after }: AccountChange): TransactWriteItem {
  return {
    Update: versionedUpdate({
      table,
      key: settingsKey(before.id),
      version: before.version,
      before: before.version === 0 ? {} : writeAccountItem(before),
      after: writeAccountItem(after),
    }),
  };
}

function claim(table: string, identity: string, account: string): TransactWriteItem {
  const item: Item = { ...ownerKey(identity), owner: account };
  return {
    Put: {
      TableName: table,
      Item: marshall(item),
      ConditionExpression: 'attribute_not_exists(#owner) OR #owner = :account',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: marshall({ ':account': account }),
    },
  };
}

function giveUp(table: string, identity: string, account: string): TransactWriteItem {
  return {
    Delete: {
      TableName: table,
      Key: marshall(ownerKey(identity)),
      ConditionExpression: 'attribute_not_exists(#owner) OR #owner = :account',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: marshall({ ':account': account }),
    },
  };
}
