import { BatchWriteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { recordScope, writeRecordItem } from '../../lib/store/items/record-item.ts';
import { STATUS_SCOPE, writeStatusItem } from '../../lib/store/items/status-item.ts';
import type { GrantedRow } from '../../lib/store/ledger-port.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { DEFAULT_ACCOUNT, type Stores } from './scene.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function dynamoStores(context: DynamoContext): Stores {
  return {
    ...createDynamoAddressStore(context),
    ...createDynamoUnbounceStore(context),
    ...createDynamoAccountStore(context, { defaultAccount: DEFAULT_ACCOUNT }),
  };
}

/** An address as it is to be stored. */
export interface StoredAddress {
  readonly key: AddressKey;
  readonly snapshot: AddressSnapshot;
}

/** Stores many new addresses at once, 25 items a call. */
export async function putAddresses(
  { client, tables }: DynamoContext,
  addresses: readonly StoredAddress[],
): Promise<void> {
  const items = addresses.flatMap(({ key: { addressHash, account }, snapshot: { record, status } }) => [
    { addressHash, scope: recordScope(account), v: 1, ...writeRecordItem({ ...record, account }) },
    { addressHash, scope: STATUS_SCOPE, v: 1, ...writeStatusItem(status) },
  ]);
  for (let start = 0; start < items.length; start += 25) {
    const requests = items
      .slice(start, start + 25)
      .map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tables.addressBounces]: requests } }));
  }
}

type Item = ReturnType<typeof unmarshall>;

/** The stores in DynamoDB; the ledger is read as what is stored says it, not by the code under test. */
export function dynamoUnderTest(context: DynamoContext): StoreUnderTest {
  return {
    store: dynamoStores(context),
    async ledgerOf(account) {
      const { Items = [] } = await context.client.send(
        new QueryCommand({
          TableName: context.tables.unbounceQuotas,
          KeyConditionExpression: 'account = :account AND entry > :counters',
          ExpressionAttributeValues: marshall({ ':account': account, ':counters': '2026-11#' }),
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => entryOf(unmarshall(item)));
    },
  };
}

function entryOf({
  addressHash,
  unbouncedAt,
  month,
  by,
  evidence,
  idempotencyKey,
  lifted,
}: Item): GrantedRow {
  return {
    addressHash,
    unbounce: { unbouncedAt: Date.parse(unbouncedAt), month, by, evidence, idempotencyKey, lifted },
  };
}
