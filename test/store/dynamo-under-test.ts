import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import type { LedgerEntry, StoreUnderTest } from './contract.ts';
import { DEFAULT_ACCOUNT, type Stores } from './scene.ts';

export function dynamoStores(context: DynamoContext): Stores {
  return {
    ...createDynamoAddressStore(context),
    ...createDynamoUnbounceStore(context),
    ...createDynamoAccountStore(context, { defaultAccount: DEFAULT_ACCOUNT }),
  };
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

function entryOf({ addressHash, unbouncedAt, by, evidence, idempotencyKey, lifted }: Item): LedgerEntry {
  const unbounce = { unbouncedAt: Date.parse(unbouncedAt), by, evidence, idempotencyKey, lifted };
  return { addressHash, unbounce };
}
