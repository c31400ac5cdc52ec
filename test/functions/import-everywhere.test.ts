import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { injectFaults } from '../support/faults.ts';
import { seededRandom } from '../support/random.ts';
import { FILTER, IMPORT, LIST, PUT_ACCOUNT } from './api-harness.ts';
import { createDynamoRooms } from './dynamo-rooms.ts';

const SEED = 20_261_123;
const DAY_AGO = toIso(Date.now() - DAY_IN_MS);
const ROWS = Array.from({ length: 200 }, (_, index) => ({
  address: `Person.${index % 185}@Example.com`,
  reason: ['hard bounce', 'policy', 'spam report', null][index % 4] ?? null,
  bouncedAt: index % 3 === 0 ? null : DAY_AGO,
}));
const ADDRESSES = [...new Set(ROWS.map(({ address }) => address.toLowerCase()))];

describe('an import over DynamoDB', () => {
  let dynamo: DynamoLocal;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  /** What is stored of an account's addresses, but for the moment of recording and the versions. */
  async function factsOf(account: string) {
    const store = createDynamoAddressStore(dynamo.context);
    const addressHashes = ADDRESSES.map(addressHash);
    const records = await store.readRecords({ account, addressHashes, deadlineAt: Date.now() + 20_000 });
    return addressHashes.map((hash) => {
      const record = records.get(hash);
      return {
        facts: record?.facts,
        bounces: record?.bounces,
        spellings: record?.spellings,
        standing: record?.suppression?.standing,
      };
    });
  }

  test('shuffled, doubled, at once and through faults comes to the same as one by one', async () => {
    const { call } = createDynamoRooms(dynamo.context);
    for (const account of ['calm', 'wild']) await call(PUT_ACCOUNT, { account, body: {} });
    const calm = await call(IMPORT, { account: 'calm', body: { rows: ROWS } });
    expect(calm.body.counts.byOutcome).toEqual({
      suppressed: 185,
      already_suppressed: 14,
      nothing_new: 1,
    });

    const client = localDynamoClient(dynamo.endpoint);
    const faults = injectFaults(client);
    const storm = ['throttled', 'conflict', 'lost_response'] as const;
    faults.sometimes('TransactWriteItems', { probability: 0.1, seed: SEED, faults: storm });
    faults.sometimes('BatchGetItem', {
      probability: 0.05,
      seed: SEED,
      faults: ['half_unprocessed', 'throttled'],
    });
    const { call: callWildly } = createDynamoRooms(dynamo.withClient(client));
    const random = seededRandom(SEED);
    const shuffled = () =>
      ROWS.map((row) => ({ row, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row);
    const replies = await Promise.all(
      [shuffled(), shuffled()].map((rows) => callWildly(IMPORT, { account: 'wild', body: { rows } })),
    );
    client.destroy();
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(await factsOf('wild')).toEqual(await factsOf('calm'));

    const { body } = await call(FILTER, { account: 'wild', body: { recipients: ADDRESSES } });
    expect(body.counts).toMatchObject({ send: 0, notSent: 185 });
    expect((await call(LIST, { account: 'wild', query: { limit: '1000' } })).body.items).toHaveLength(185);
  });

  test('a dry run reads what is stored, and predicts the run', async () => {
    const { call, lines } = createDynamoRooms(dynamo.context);
    await call(PUT_ACCOUNT, { account: 'dry', body: {} });
    await call(IMPORT, { account: 'dry', body: { rows: ROWS.slice(0, 50) } });
    const predicted = await call(IMPORT, { account: 'dry', body: { rows: ROWS, dryRun: true } });
    expect(predicted.body.counts.byOutcome).toEqual({
      suppressed: 135,
      already_suppressed: 14,
      nothing_new: 51,
    });
    const done = await call(IMPORT, { account: 'dry', body: { rows: ROWS } });
    expect(done.body).toEqual({ ...predicted.body, dryRun: false });
    expect(lines.filter((line) => /person/i.test(line))).toEqual([]);
  });

  test('without time left is 503, and the same call again does what is undone', async () => {
    const { call } = createDynamoRooms(dynamo.context);
    await call(PUT_ACCOUNT, { account: 'late', body: {} });
    const asked = { account: 'late', body: { rows: ROWS } };
    expect(await call(IMPORT, asked, 3_001)).toMatchObject({ status: 503, body: { code: 'try_again' } });
    expect((await call(IMPORT, asked)).status).toBe(200);
    expect(await factsOf('late')).toEqual(await factsOf('calm'));
  });
});
