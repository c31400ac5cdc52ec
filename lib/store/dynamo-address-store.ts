import {
  type ItemResponse,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AddressSnapshot } from '../policy/address-status.ts';
import { type Instant, toIso } from '../policy/time.ts';
import { type AddressChange, recordChange, statusChange } from './address-change.ts';
import { type AddressWrite, writeOf } from './address-write.ts';
import { readBatch } from './batch-reader.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import { type Item, ItemReader } from './items/item.ts';
import { readRecordItem, readSuppression, recordOf, recordScope } from './items/record-item.ts';
import { readStatusItem, STATUS_SCOPE, statusOf } from './items/status-item.ts';
import type {
  AddressKey,
  AddressStore,
  Page,
  SuppressedAddress,
  SuppressionPosition,
  SuppressionsQuery,
} from './port.ts';
import { AGAIN, type RequestOptions, retryUntil } from './retry.ts';
import { versionCheck, versionedUpdate } from './update-expression.ts';
import { versionedWrite } from './versioned-write.ts';

export const BY_ACCOUNT_INDEX = 'byAccount';

/** The addresses in DynamoDB (table AddressBounces). */
export function createDynamoAddressStore(context: DynamoContext): AddressStore {
  const table = context.tables.addressBounces;
  const readScope = async (scope: string, addressHashes: readonly string[], deadlineAt: Instant) => {
    const keys = Array.from(new Set(addressHashes), (addressHash) => ({ addressHash, scope }));
    return await readBatch(context, { table, keys, deadlineAt });
  };
  /** One after the other: enough for who writes under the versions read. */
  const readItems = async ({ account, addressHash }: AddressKey, deadlineAt: Instant) => {
    const keys = [STATUS_SCOPE, recordScope(account)].map((scope) => ({ addressHash, scope }));
    const items = await readBatch(context, { table, keys, deadlineAt });
    const itemOf = (isStatus: boolean) => items.find(({ scope }) => (scope === STATUS_SCOPE) === isStatus);
    return snapshotOf(account, { status: itemOf(true), record: itemOf(false) });
  };
  return {
    readAddress: (key, deadlineAt) => readAtOnce(context, key, deadlineAt),
    async readStatuses(addressHashes, deadlineAt) {
      const items = await readScope(STATUS_SCOPE, addressHashes, deadlineAt);
      return new Map(items.map((item) => [String(item['addressHash']), readStatusItem(item)]));
    },
    async readRecords({ account, addressHashes, deadlineAt }) {
      const items = await readScope(recordScope(account), addressHashes, deadlineAt);
      return new Map(items.map((item) => [String(item['addressHash']), readRecordItem(item)]));
    },
    async updateAddress(key, { change, deadlineAt, before: known }) {
      let unread = known;
      return await retryUntil(
        deadlineAt,
        async (options) => {
          const before = unread ?? (await readItems(key, deadlineAt));
          unread = undefined;
          const after = change(before);
          const write = { ...writeOf(before, after), ...key, table, before, after, deadlineAt };
          return (await writeChange(context, write, options)) ? write.stored : AGAIN;
        },
        context,
      );
    },
    listSuppressions: (query) => listSuppressions(context, query),
  };
}

/** Both items as of one moment: between two reads another writer may change both. */
async function readAtOnce(
  context: DynamoContext,
  { account, addressHash }: AddressKey,
  deadlineAt: Instant,
): Promise<AddressSnapshot> {
  const command = new TransactGetItemsCommand({
    TransactItems: [STATUS_SCOPE, recordScope(account)].map((scope) => ({
      Get: { TableName: context.tables.addressBounces, Key: marshall({ addressHash, scope }) },
    })),
  });
  return await retryUntil(
    deadlineAt,
    async (options) => {
      const [status, record] = (await context.client.send(command, options)).Responses ?? [];
      return status === undefined || record === undefined
        ? AGAIN
        : snapshotOf(account, { status: itemOf(status), record: itemOf(record) });
    },
    context,
  );
}

function itemOf({ Item: item }: ItemResponse): Item | undefined {
  return item && unmarshall(item);
}

function snapshotOf(
  account: string,
  items: { readonly status: Item | undefined; readonly record: Item | undefined },
): AddressSnapshot {
  return { record: recordOf(account, items.record), status: statusOf(items.status) };
}

/** Writes the items that change, under the versions read; false when another writer was first. */
async function writeChange(
  context: DynamoContext,
  write: AddressChange & AddressWrite & { readonly deadlineAt: Instant },
  options: RequestOptions,
): Promise<boolean> {
  const record = recordChange(write);
  // An erasure changes the version of what it erases. Of an item without an address only the status tells of it.
  const namesAddress = write.before.record.address === null && write.after.record.address !== null;
  try {
    if (write.touchesStatus || namesAddress) {
      // The two items were not read at the same moment: what is said of one must hold of the other too.
      const status = statusChange(write);
      const TransactItems = [
        write.touchesRecord ? { Update: versionedUpdate(record) } : { ConditionCheck: versionCheck(record) },
        write.touchesStatus
          ? await versionedWrite(context, status, write.deadlineAt)
          : { ConditionCheck: versionCheck(status) },
      ];
      await context.client.send(new TransactWriteItemsCommand({ TransactItems }), options);
    } else if (write.touchesRecord) {
      await context.client.send(new UpdateItemCommand(versionedUpdate(record)), options);
    }
    return true;
  } catch (error) {
    if (lostConditions(error).length > 0) {
      return false;
    }
    throw error;
  }
}

async function listSuppressions(
  context: DynamoContext,
  { account, limit, after, since, deadlineAt }: SuppressionsQuery,
): Promise<Page<SuppressedAddress, SuppressionPosition>> {
  const command = new QueryCommand({
    TableName: context.tables.addressBounces,
    IndexName: BY_ACCOUNT_INDEX,
    KeyConditionExpression: `#account = :account${since === undefined ? '' : ' AND #since >= :since'}`,
    ExpressionAttributeNames: {
      '#account': 'account',
      ...(since !== undefined && { '#since': 'suppressedAt' }),
    },
    ExpressionAttributeValues: marshall({
      ':account': account,
      ...(since !== undefined && { ':since': toIso(since) }),
    }),
    ScanIndexForward: false,
    Limit: limit,
    ...(after === null
      ? {}
      : {
          ExclusiveStartKey: marshall({
            addressHash: after.addressHash,
            suppressedAt: after.suppressedAt,
            account,
            scope: recordScope(account),
          }),
        }),
  });
  const answer = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  const { LastEvaluatedKey } = answer;
  return {
    items: (answer.Items ?? []).map((item) => readSuppressedAddress(unmarshall(item))),
    next: LastEvaluatedKey === undefined ? null : positionOf(unmarshall(LastEvaluatedKey)),
  };
}

function readSuppressedAddress(item: Item): SuppressedAddress {
  const reader = new ItemReader(item, 'index row');
  const suppression = readSuppression(reader);
  if (suppression === null) {
    return reader.missing('suppression');
  }
  return {
    addressHash: reader.text('addressHash'),
    address: reader.textOrNull('address'),
    suppression,
    erasedAt: reader.instantOrNull('erasedAt'),
  };
}

function positionOf(key: Item): SuppressionPosition {
  const reader = new ItemReader(key, 'index key');
  return { addressHash: reader.text('addressHash'), suppressedAt: reader.text('suppressedAt') };
}
