import { BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { eraseStatus } from '../../lib/policy/erasure.ts';
import { decideRelease } from '../../lib/policy/release.ts';
import { dayOf, type Instant, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import type { Item } from '../../lib/store/items/item.ts';
import { writeRecordItem } from '../../lib/store/items/record-item.ts';
import { writeStatusItem } from '../../lib/store/items/status-item.ts';
import { createMemoryStore } from '../../lib/store/memory-store.ts';
import { aBounce, afterBounces, aRecord, aStatus, NOW } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { type CommandName, type Fault, type Faults, injectFaults } from '../support/faults.ts';
import { dynamoStores, dynamoUnderTest } from './dynamo-under-test.ts';
import { operatorContract } from './operator-contract.ts';
import { aReleaseRequest, bouncedInAccounts, DEAD, type OperatorStores, release } from './operator-scene.ts';
import { aKey, bounced, DEFAULT_ACCOUNT, soon, update } from './scene.ts';

const CONTEXT = { now: NOW, asksSes: false };

describe('in memory', () => {
  const store = createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT });
  operatorContract(() => ({
    store,
    async ledgerOf(account) {
      return store.ledger
        .filter((row) => row.account === account)
        .map(({ addressHash, unbounce }) => ({ addressHash, unbounce }));
    },
  }));
});

describe('in DynamoDB', () => {
  let dynamo: DynamoLocal;
  let store: OperatorStores;

  const storesOf = (context: DynamoLocal['context']): OperatorStores => ({
    ...dynamoStores(context),
    ...createDynamoOperatorStore(context),
  });

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    store = storesOf(dynamo.context);
  });
  afterAll(() => dynamo?.close());

  operatorContract(() => ({ ...dynamoUnderTest(dynamo.context), store }));

  /** Runs against a client of its own, so that the next test starts without faults. */
  async function withFaults(run: (store: OperatorStores, faults: Faults) => Promise<unknown>): Promise<void> {
    const client = localDynamoClient(dynamo.endpoint);
    await run(storesOf(dynamo.withClient(client)), injectFaults(client));
    client.destroy();
  }

  async function storedStatus(addressHash: string) {
    const Key = marshall({ addressHash, scope: 'status' });
    const input = { TableName: dynamo.tables.addressBounces, Key, ConsistentRead: true };
    return unmarshall((await dynamo.context.client.send(new GetItemCommand(input))).Item ?? {});
  }

  describe.each<[string, CommandName, (of: OperatorStores, deadlineAt: Instant) => Promise<unknown>]>([
    ['readWhole', 'Query', (of, deadlineAt) => of.readWhole(aKey().addressHash, deadlineAt)],
    [
      'listReleases',
      'Query',
      (of, deadlineAt) => of.listReleases({ addressHash: aKey().addressHash, limit: 1, deadlineAt }),
    ],
    [
      'saveRelease',
      'TransactWriteItems',
      (of, deadlineAt) => {
        const decided = decideRelease(aReleaseRequest(), { status: aStatus(), records: [] }, CONTEXT);
        return of.saveRelease({ addressHash: aKey().addressHash, decided, deadlineAt });
      },
    ],
    [
      'updateStatus',
      'UpdateItem',
      (of, deadlineAt) =>
        of.updateStatus(aKey().addressHash, { change: (status) => eraseStatus(status, NOW), deadlineAt }),
    ],
    [
      'eraseLedger',
      'Query',
      (of, deadlineAt) => of.eraseLedger({ addressHash: aKey().addressHash, unbounces: [], deadlineAt }),
    ],
  ])('%s', (_, command, call) => {
    test.each<Fault>(['throttled', 'over_capacity', 'server_error', 'lost_request'])(
      'tries again after a passing fault: %s',
      async (fault) => {
        await withFaults(async (faulty, faults) => {
          faults.next(command, fault, null);
          await call(faulty, soon());
          expect(faults.calls(command)).toBe(2);
        });
      },
    );

    test('gives up at the deadline', async () => {
      await withFaults(async (faulty, faults) => {
        faults.sometimes(command, { probability: 1, seed: 1, faults: ['throttled'] });
        await expect(call(faulty, Date.now() + 300)).rejects.toBeInstanceOf(UnavailableError);
      });
    });
  });

  test('a release whose answer is lost is written once and answered as saved', async () => {
    const [key] = await bouncedInAccounts(store, 3);
    const { addressHash = '', account = '' } = key ?? {};
    await withFaults(async (faulty, faults) => {
      faults.next('TransactWriteItems', 'lost_response', 'throttled', 'conflict', 'lost_response');
      await release(faulty, addressHash, { account });
    });
    expect(await store.listReleases({ addressHash, limit: 10, deadlineAt: soon() })).toHaveLength(1);
    expect((await store.readWhole(addressHash, soon())).status.version).toBe(4);
  });

  test('no bounce is lost that comes while a release reads: it is never answered "send"', async () => {
    const [key] = await bouncedInAccounts(store, 3);
    const { addressHash = '' } = key ?? {};
    const late = aKey();
    await withFaults(async (faulty, faults) => {
      faults.meanwhile('Query', () =>
        update(store, { addressHash, account: late.account }, bounced([aBounce({ key: 'spam' })])),
      );
      await release(faulty, addressHash);
    });
    const { status } = await store.readWhole(addressHash, soon());
    expect(status.suppressedBy.get(late.account)).toMatchObject([{ key: 'spam' }]);
    expect(status.suppressedBy.size).toBe(4);
  });

  describe('with a thousand accounts', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => `tenant-${index}-of-many`);
    const spam = aBounce({ key: 'spam' });
    const later = { later: { deep: [1] } };

    /** Their items, and a status that names them all, as a later version of the code left it: two have reported. */
    async function storeThem(addressHash: string): Promise<AddressStatus> {
      const seen = accounts.map((account) =>
        afterBounces([spam], {}, { record: { ...aRecord(), account }, status: aStatus() }),
      );
      const status = aStatus({
        suppressedBy: new Map(seen.flatMap((one) => [...one.status.suppressedBy])),
        deadReports: new Map(accounts.slice(0, 2).map((account) => [account, [dayOf(NOW)]])),
      });
      await putItems(dynamo.context, [
        { addressHash, scope: 'status', v: 1, ...writeStatusItem(status), ...later },
        ...seen.map(({ record }) => ({
          addressHash,
          scope: `account#${record.account}`,
          v: 1,
          ...writeRecordItem(record),
        })),
      ]);
      return status;
    }

    test('a status item that names them all is declared global and released again', async () => {
      const { addressHash } = aKey();
      const { suppressedBy } = await storeThem(addressHash);
      await update(store, { addressHash, account: 'another' }, bounced([DEAD]));
      const global = { declaredAt: toIso(NOW), rule: 'G1' };
      expect(await storedStatus(addressHash)).toEqual({
        addressHash,
        scope: 'status',
        v: 2,
        global,
        ...later,
      });

      await release(store, addressHash, { account: 'another' });
      const { status } = await store.readWhole(addressHash, soon());
      expect(status.suppressedBy).toEqual(suppressedBy);
      expect(status).toMatchObject({ global: null, version: 3, releasedAt: NOW });
      expect(await storedStatus(addressHash)).toMatchObject(later);
    });
  });
});

/** 25 items a call. */
async function putItems({ client, tables }: DynamoContext, items: readonly Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const requests = items
      .slice(start, start + 25)
      .map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tables.addressBounces]: requests } }));
  }
}
