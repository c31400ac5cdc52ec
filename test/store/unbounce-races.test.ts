import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { NO_STATUS } from '../../lib/policy/address-status.ts';
import { monthOf } from '../../lib/policy/time.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { createApi, NOW, UNBOUNCE } from '../functions/api-harness.ts';
import { aBounce, afterBounces } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { type Faults, injectFaults } from '../support/faults.ts';
import { dynamoStores, dynamoUnderTest, putAddresses } from './dynamo-under-test.ts';
import { aKey, bounced, mark, read, register, type Stores, soon, update } from './scene.ts';

const LIMIT = 10;

describe('unbounces over DynamoDB', () => {
  let dynamo: DynamoLocal;
  let patient: DynamoDBClient;
  let store: Stores;
  /** The same, at the time of the function under test. */
  let storeThen: Stores;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    patient = localDynamoClient(dynamo.endpoint);
    // Its time stands still, so nothing is cut off: DynamoDB Local would do it all the same, and be asked once more.
    const send: DynamoDBClient['send'] = (command: never) => patient.send(command);
    store = dynamoStores(dynamo.context);
    storeThen = dynamoStores({ ...dynamo.context, client: { send }, clock: () => NOW });
  });
  afterAll(() => {
    patient?.destroy();
    dynamo?.close();
  });

  /** The function that unbounces, over these stores. */
  function unbouncing(double: () => Stores = () => storeThen) {
    const api = createApi({ double });
    const unbounce = async ({ account, addressHash }: AddressKey) =>
      (await api.unbounce(addressHash, { account })).status;
    return { ...api, unbounce };
  }

  /** Addresses with one policy bounce each, of an account that may unbounce them. */
  async function suppressed(count: number): Promise<AddressKey[]> {
    const { account } = aKey();
    await register(store, account);
    const keys = Array.from({ length: count }, () => aKey(account));
    const snapshot = afterBounces([aBounce()], {}, { record: emptyRecord(account), status: NO_STATUS });
    await putAddresses(
      dynamo.context,
      keys.map((key) => ({ key, snapshot })),
    );
    return keys;
  }

  /** What was charged, as counter, ledger, records and filter tell it. */
  async function tally(keys: readonly AddressKey[]) {
    const account = keys[0]?.account ?? '';
    const deadlineAt = soon();
    const addressHashes = keys.map(({ addressHash }) => addressHash);
    const ledger = await dynamoUnderTest(dynamo.context).ledgerOf(account);
    const records = await store.readRecords({ account, addressHashes, deadlineAt });
    const statuses = await store.readStatuses(addressHashes, deadlineAt);
    const flagged = [...records].filter(([, { unbounce }]) => unbounce !== null).map(([hash]) => hash);
    const lifted = addressHashes.filter((hash) => !statuses.get(hash)?.suppressedBy.has(account));
    return {
      used: await store.readUsed({ account, month: monthOf(NOW), deadlineAt }),
      ledger: ledger.map(({ addressHash }) => addressHash).sort(),
      flagged: flagged.sort(),
      lifted: lifted.sort(),
    };
  }

  async function expectCharged(keys: readonly AddressKey[], charged: number): Promise<void> {
    const { used, ledger, flagged, lifted } = await tally(keys);
    expect([used, ledger.length]).toEqual([charged, charged]);
    expect([flagged, lifted]).toEqual([ledger, ledger]);
  }

  test('of 200 different addresses at once exactly the limit of 10 are granted', async () => {
    const keys = await suppressed(200);
    const { unbounce } = unbouncing();
    const statuses = await Promise.all(keys.map(unbounce));
    expect(countOf(statuses)).toEqual({ 200: LIMIT, 429: 190 });
    await expectCharged(keys, LIMIT);
  });

  test('of 50 at once for one address all are answered and one is charged', async () => {
    const keys = await suppressed(1);
    const { unbounce, telemetry } = unbouncing();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => Promise.all(keys.map(unbounce))));
    expect(countOf(statuses.flat())).toEqual({ 200: 50 });
    expect(telemetry.counted('UnbounceGranted')).toBe(1);
    await expectCharged(keys, 1);
  });

  describe('when the answer to the commit is lost', () => {
    test('the unbounce is answered, and charged once', async () => {
      const keys = await suppressed(1);
      await withFaults(async (faulty, faults) => {
        faults.next('TransactWriteItems', 'lost_response');
        expect(await Promise.all(keys.map(unbouncing(() => faulty).unbounce))).toEqual([200]);
        expect(faults.calls('TransactWriteItems')).toBe(2);
      });
      await expectCharged(keys, 1);
    });

    test('and nothing answers until the deadline, asking again gets the grant, charged once', async () => {
      const keys = await suppressed(1);
      await withFaults(async (faulty, faults) => {
        faults.next('TransactWriteItems', 'lost_response');
        faults.sometimes('TransactWriteItems', { probability: 1, seed: 1, faults: ['throttled'] });
        expect(await Promise.all(keys.map(unbouncing(() => faulty).unbounce))).toEqual([503]);
      });
      await expectCharged(keys, 1);
      expect(await Promise.all(keys.map(unbouncing().unbounce))).toEqual([200]);
      await expectCharged(keys, 1);
    });

    test('and DynamoDB has forgotten the token, the grant is found, charged once', async () => {
      const keys = await suppressed(1);
      const forgetful: Stores['grantUnbounce'] = async (write) => {
        await storeThen.grantUnbounce(write);
        return await storeThen.grantUnbounce(write);
      };
      const { unbounce } = unbouncing(() => ({ ...storeThen, grantUnbounce: forgetful }));
      expect(await Promise.all(keys.map(unbounce))).toEqual([200]);
      await expectCharged(keys, 1);
    });
  });

  test('in a storm of faults three calls for each of 20 addresses charge 10 addresses once', async () => {
    const keys = await suppressed(20);
    await withFaults(async (faulty, faults) => {
      const reads = ['throttled', 'server_error', 'lost_response'] as const;
      const writes = [...reads, 'conflict', 'lost_request', 'over_capacity'] as const;
      faults.sometimes('GetItem', { probability: 0.2, seed: 11, faults: reads });
      faults.sometimes('TransactGetItems', { probability: 0.2, seed: 12, faults: [...reads, 'conflict'] });
      faults.sometimes('TransactWriteItems', { probability: 0.4, seed: 13, faults: writes });
      const { unbounce } = unbouncing(() => faulty);
      await Promise.all([...keys, ...keys, ...keys].map(unbounce));
      expect(countOf(await Promise.all(keys.map(unbounce)))).toEqual({ 200: LIMIT, 429: 20 - LIMIT });
    });
    await expectCharged(keys, LIMIT);
  });

  describe('when contacts are halved', () => {
    test('between read and commit, the lower limit holds', async () => {
      const keys = await suppressed(13);
      const [account = ''] = keys.map((key) => key.account);
      await register(store, account, 1_000);
      expect(countOf(await Promise.all(keys.slice(0, 12).map(unbouncing().unbounce)))).toEqual({ 200: 12 });
      const afterHalving: Stores['grantUnbounce'] = async (write) => {
        await register(store, account, 500);
        return await storeThen.grantUnbounce(write);
      };
      const { unbounce } = unbouncing(() => ({ ...storeThen, grantUnbounce: afterHalving }));
      expect(await Promise.all(keys.slice(12).map(unbounce))).toEqual([429]);
      await expectCharged(keys, 12);
    });

    test('in the middle of many, what was granted by then stands and no more is', async () => {
      const keys = await suppressed(40);
      const [account = ''] = keys.map((key) => key.account);
      await register(store, account, 1_000);
      let halving: Promise<number> | null = null;
      const halve = async () => {
        await register(store, account, 500);
        return await store.readUsed({ account, month: monthOf(NOW), deadlineAt: soon() });
      };
      const halvingMidway: Stores['grantUnbounce'] = async (write) => {
        const answer = await storeThen.grantUnbounce(write);
        halving ??= halve();
        return answer;
      };
      const { unbounce } = unbouncing(() => ({ ...storeThen, grantUnbounce: halvingMidway }));
      const granted = countOf(await Promise.all(keys.map(unbounce)))[200] ?? 0;
      expect(granted).toBe(Math.max(LIMIT, (await halving) ?? 0));
      await expectCharged(keys, granted);
    });
  });

  test('refused attempts charge none', async () => {
    const keys = await suppressed(4);
    const [complained, global, blockedBySes, forgotten] = keys as [
      AddressKey,
      AddressKey,
      AddressKey,
      AddressKey,
    ];
    await update(store, complained, bounced([aBounce({ key: 'complaint' })]));
    await update(store, global, ({ record, status }) => ({
      record,
      status: { ...status, global: { declaredAt: NOW, rule: 'G1' } },
    }));
    await mark(store, blockedBySes, 'sesGlobalList');
    const { unbounce, call } = unbouncing();
    const unsuppressed = { ...forgotten, addressHash: 'A'.repeat(43) };
    const refused = [complained, global, blockedBySes, unsuppressed];
    expect(await Promise.all(refused.map(unbounce))).toEqual([409, 409, 409, 404]);
    const { account, addressHash: address } = forgotten;
    expect(await call(UNBOUNCE, { account, address, body: {} })).toMatchObject({ status: 400 });
    await expectCharged(keys, 0);
  });

  test('bounces of mail in flight come at the same time and change nothing but the audit', async () => {
    const keys = await suppressed(8);
    const { unbounce } = unbouncing();
    const inFlight = aBounce({ key: 'spam', sentAt: NOW - 1_000 });
    const statuses = await Promise.all(
      keys.flatMap((key) => [unbounce(key), update(store, key, bounced([inFlight])).then(() => 0)]),
    );
    expect(countOf(statuses)).toEqual({ 0: 8, 200: 8 });
    await expectCharged(keys, 8);
    for (const key of keys) {
      const { record } = await read(store, key);
      expect(record.bounces).toContainEqual(inFlight);
      expect(record.suppression).toBeNull();
    }
  });

  /** Stores over a client of their own, whose clock stands still but for their pauses. */
  async function withFaults<T>(run: (faulty: Stores, faults: Faults) => Promise<T>): Promise<T> {
    const client = localDynamoClient(dynamo.endpoint);
    const faults = injectFaults(client);
    let now = NOW;
    const sleep = async (durationInMs: number) => {
      now += durationInMs;
    };
    try {
      return await run(dynamoStores({ ...dynamo.withClient(client), clock: () => now, sleep }), faults);
    } finally {
      client.destroy();
    }
  }
});

/** How often each status was answered. */
function countOf(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
