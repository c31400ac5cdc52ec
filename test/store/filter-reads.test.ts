import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { NO_STATUS } from '../../lib/policy/address-status.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { ACCOUNT, aBounce, afterBounces, NOW } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { type Faults, injectFaults } from '../support/faults.ts';
import { dynamoStores, putAddresses } from './dynamo-under-test.ts';
import type { Stores } from './scene.ts';

const RECIPIENTS = 10_000;
/** Every so many-th recipient has bounced. */
const BOUNCED_EVERY = 40;

describe('the reads of one filter call', () => {
  const hashes = Array.from({ length: RECIPIENTS }, (_, index) => addressHash(`person-${index}@example.com`));
  const known = hashes.filter((_, index) => index % BOUNCED_EVERY === 0);
  let dynamo: DynamoLocal;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    const before = { record: emptyRecord(ACCOUNT), status: NO_STATUS };
    const snapshot = afterBounces([aBounce()], {}, before);
    await putAddresses(
      dynamo.context,
      known.map((hash) => ({ key: { account: ACCOUNT, addressHash: hash }, snapshot })),
    );
  });
  afterAll(() => dynamo?.close());

  /** Stores whose pauses take no time, over a client of their own. */
  async function withFaults<T>(run: (store: Stores, faults: Faults) => Promise<T>): Promise<T> {
    const client = localDynamoClient(dynamo.endpoint);
    let now = NOW;
    const sleep = async (durationInMs: number) => {
      now += durationInMs;
    };
    try {
      const store = dynamoStores({
        ...dynamo.withClient(client),
        clock: () => now,
        sleep,
        random: () => 0.5,
      });
      return await run(store, injectFaults(client));
    } finally {
      client.destroy();
    }
  }

  test('of 10,000 addresses are 100 BatchGetItem calls, at most 32 at once', async () => {
    await withFaults(async (store, faults) => {
      const statuses = await store.readStatuses(hashes, NOW + 20_000);
      expect([...statuses.keys()].sort()).toEqual([...known].sort());
      expect(faults.calls('BatchGetItem')).toBe(100);
      expect(faults.mostAtOnce('BatchGetItem')).toBe(32);
    });
  });

  test.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
  ])('of %d addresses are %d calls', async (count, calls) => {
    await withFaults(async (store, faults) => {
      await store.readStatuses(hashes.slice(0, count), NOW + 20_000);
      expect(faults.calls('BatchGetItem')).toBe(calls);
    });
  });

  test('of the evidence are one call for each 100 of the addresses', async () => {
    await withFaults(async (store, faults) => {
      const query = { account: ACCOUNT, addressHashes: known, deadlineAt: NOW + 20_000 };
      expect((await store.readRecords(query)).size).toBe(known.length);
      expect(faults.calls('BatchGetItem')).toBe(Math.ceil(known.length / 100));
    });
  });

  test('ask again for the keys that were left unprocessed, and for those alone', async () => {
    await withFaults(async (store, faults) => {
      faults.next('BatchGetItem', 'half_unprocessed', 'half_unprocessed', 'half_unprocessed');
      const statuses = await store.readStatuses(known.slice(0, 100), NOW + 20_000);
      expect([...statuses.keys()].sort()).toEqual(known.slice(0, 100).sort());
      expect(faults.keysAsked).toEqual([100, 50, 25, 12]);
    });
  });

  test('find every address through a storm of throttles, lost answers and unprocessed keys', async () => {
    await withFaults(async (store, faults) => {
      faults.sometimes('BatchGetItem', {
        probability: 0.5,
        seed: 7,
        faults: ['throttled', 'over_capacity', 'server_error', 'lost_response', 'half_unprocessed'],
      });
      const statuses = await store.readStatuses(hashes.slice(0, 3_000), NOW + 20_000);
      expect(statuses.size).toBe(3_000 / BOUNCED_EVERY);
      expect(faults.calls('BatchGetItem')).toBeGreaterThan(45);
    });
  });

  test.each(['throttled', 'lost_response', 'half_unprocessed'] as const)(
    'fail as a whole when one address is unread at the deadline for being %s',
    async (fault) => {
      await withFaults(async (store, faults) => {
        faults.next('BatchGetItem', null, null, null);
        faults.sometimes('BatchGetItem', { probability: 1, seed: 1, faults: [fault] });
        const reading = store.readStatuses(hashes.slice(0, 400), NOW + 300);
        await expect(reading).rejects.toBeInstanceOf(UnavailableError);
      });
    },
  );
});
