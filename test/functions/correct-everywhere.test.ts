import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { injectFaults } from '../support/faults.ts';
import { CORRECT, CORRECTIONS, FILTER, PUT_ACCOUNT } from './api-harness.ts';
import { createDynamoRooms } from './dynamo-rooms.ts';
import { bounceFor } from './notifications.ts';

const SEED = 20261123;
const ACCOUNT = 'shop';
const HOUR_AGO = Math.floor(Date.now() / 1_000) * 1_000 - HOUR_IN_MS;
const WINDOW = { from: toIso(HOUR_AGO), to: toIso(HOUR_AGO + HOUR_IN_MS / 2) };

type Rooms = ReturnType<typeof createDynamoRooms>;

describe(`a correction over DynamoDB (seed ${SEED})`, () => {
  let dynamo: DynamoLocal;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  /** Goes through all pages as the command does, and sends again what answers 503. */
  async function correctAll({ call }: Rooms): Promise<number> {
    let lifted = 0;
    let cursor: string | undefined;
    for (;;) {
      const body = { ...WINDOW, apply: true, limit: 25, cursor };
      const reply = await call(CORRECT, { account: ACCOUNT, body });
      if (reply.status === 503) continue;
      expect(reply.status).toBe(200);
      lifted += reply.body.lifted.addresses;
      cursor = reply.body.cursor;
      if (cursor === undefined) return lifted;
    }
  }

  test('by two operators at once, through faults and while bounces come in, lifts each address once', async () => {
    const quiet = createDynamoRooms(dynamo.context);
    await quiet.call(PUT_ACCOUNT, { account: ACCOUNT, body: {} });
    const people = Array.from({ length: 120 }, (_, index) => `person-${index}@mail.example`);
    const told = people.map((address) =>
      bounceFor('unknown_user', address, { account: ACCOUNT, sentAt: HOUR_AGO }),
    );
    expect(await quiet.record(told)).toBe(0);

    const client = localDynamoClient(dynamo.endpoint);
    const faults = ['throttled', 'conflict', 'lost_response', 'server_error'] as const;
    const injected = injectFaults(client);
    injected.sometimes('TransactWriteItems', { probability: 0.2, seed: SEED, faults });
    injected.sometimes('BatchGetItem', {
      probability: 0.1,
      seed: SEED + 1,
      faults: ['throttled', 'half_unprocessed'],
    });
    const rooms = createDynamoRooms(dynamo.withClient(client));
    const replays = (async () => {
      for (let start = 0; start < told.length; start += 20) {
        expect(await quiet.record(told.slice(start, start + 20))).toBe(0);
      }
    })();
    const lifted = await Promise.all([correctAll(rooms), correctAll(rooms), replays]);
    client.destroy();

    expect(lifted[0] + lifted[1]).toBe(people.length);
    const { body } = await quiet.call(FILTER, { account: ACCOUNT, body: { recipients: people } });
    expect(body.send).toEqual(people);
    const { items } = (await quiet.call(CORRECTIONS, { account: ACCOUNT })).body;
    expect(items).toMatchObject([{ ...WINDOW, corrected: people.length }]);
    expect([...quiet.lines, ...rooms.lines].join('')).not.toContain('@mail.example');
  });
});
