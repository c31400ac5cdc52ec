import { afterAll, beforeAll, describe } from '@jest/globals';
import { createDynamoLedgerStore } from '../../lib/store/dynamo-ledger-store.ts';
import { createMemoryLedgerStore } from '../../lib/store/memory-ledger-store.ts';
import { createMemoryStore } from '../../lib/store/memory-store.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { dynamoStores } from './dynamo-under-test.ts';
import { ledgerContract } from './ledger-contract.ts';
import { DEFAULT_ACCOUNT } from './scene.ts';

describe('in memory', () => {
  const store = createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT });
  ledgerContract(() => ({ store, ledger: createMemoryLedgerStore(store) }));
});

describe('in DynamoDB', () => {
  let dynamo: DynamoLocal;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  ledgerContract(() => ({
    store: dynamoStores(dynamo.context),
    ledger: createDynamoLedgerStore(dynamo.context),
  }));
});
