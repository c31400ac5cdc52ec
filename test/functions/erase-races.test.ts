import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { bounce, failed } from '../ses/build.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { ERASE, FILTER, IMPORT, PUT_ACCOUNT } from './api-harness.ts';
import { createDynamoRooms } from './dynamo-rooms.ts';

const HOUR_AGO = toIso(Date.now() - HOUR_IN_MS);
const THREE_HOURS_AGO = toIso(Date.now() - 3 * HOUR_IN_MS);
const TRACES = /quagmire/i;

type Rooms = ReturnType<typeof createDynamoRooms>;

let dynamo: DynamoLocal;

beforeAll(async () => {
  dynamo = await openDynamoLocal();
});
afterAll(() => dynamo?.close());

/** What writes the first item that an account has of an address, and nothing that the accounts share. */
const FIRST_WRITES: readonly (readonly [string, (rooms: Rooms, address: string) => Promise<unknown>])[] = [
  ['a soft bounce', async ({ record }, address) => await record([softBounce(address, HOUR_AGO)])],
  [
    'a row of an import',
    async ({ call }, address) => {
      const row = { address, reason: 'throttled', diagnostic: `450 ${address} busy`, bouncedAt: HOUR_AGO };
      return (await call(IMPORT, { account: 'shop', body: { rows: [row] } })).status;
    },
  ],
  [
    'a recipient whom a layer above keeps from a campaign',
    async ({ call }, address) =>
      (await call(FILTER, { account: 'shop', body: { recipients: [address], campaign: 'autumn' } })).status,
  ],
];

function softBounce(address: string, timestamp: string) {
  const diagnosticCode = `smtp; 421 4.2.1 ${address} try later`;
  const bouncedRecipients = [failed(address, { status: '4.2.1', diagnosticCode })];
  return bounce(
    { feedbackId: `soft ${timestamp}`, bounceType: 'Transient', bouncedRecipients, timestamp },
    { timestamp, destination: [address], tags: { account: ['shop'], campaign: ['spring'] } },
  );
}

test.each(FIRST_WRITES)('an erasure between read and first write of %s erases it', async (name, write) => {
  const address = `${name.replaceAll(' ', '-')}.quagmire@example.com`;
  const { call, record } = createDynamoRooms(dynamo.context);
  expect((await call(PUT_ACCOUNT, { account: 'shop', body: { contacts: 1 } })).status).toBe(200);
  const listed = bounce(
    { bounceSubType: 'Suppressed', bouncedRecipients: [{ emailAddress: address }], timestamp: HOUR_AGO },
    { timestamp: HOUR_AGO, destination: [address] },
  );
  expect(await record([listed])).toBe(0);
  expect(await tracesAfterErasureDuring(write, address)).toEqual([]);
});

test('a second erasure between read and write of mail sent since the first erases it too', async () => {
  const address = 'erased.quagmire@example.com';
  const { call, record } = createDynamoRooms(dynamo.context);
  expect((await call(PUT_ACCOUNT, { account: 'shop', body: { contacts: 1 } })).status).toBe(200);
  expect(await record([softBounce(address, THREE_HOURS_AGO)])).toBe(0);
  const earlier = createDynamoRooms({ ...dynamo.context, clock: () => Date.now() - 2 * HOUR_IN_MS });
  expect((await earlier.call(ERASE, { address })).body).toMatchObject({ erased: true, accounts: 1 });
  const write = async (rooms: Rooms) => await rooms.record([softBounce(address, HOUR_AGO)]);
  expect(await tracesAfterErasureDuring(write, address)).toEqual([]);
});

/** What the account's item holds of the person after a write, when an erasure ran between its read and its write. */
async function tracesAfterErasureDuring(
  write: (rooms: Rooms, address: string) => Promise<unknown>,
  address: string,
): Promise<object[]> {
  const client = localDynamoClient(dynamo.endpoint);
  const operator = createDynamoRooms(dynamo.context);
  const erasures: { readonly id: string; readonly erased: boolean }[] = [];
  beforeFirstRecord(client, async () => {
    erasures.push((await operator.call(ERASE, { address })).body);
  });
  await write(createDynamoRooms(dynamo.withClient(client)), address);
  client.destroy();
  expect(erasures).toMatchObject([{ erased: true }]);
  const { Items = [] } = await dynamo.context.client.send(
    new ScanCommand({ TableName: dynamo.tables.addressBounces }),
  );
  const stored = Items.map((item) => unmarshall(item)).filter(
    ({ addressHash, scope }) => addressHash === erasures[0]?.id && scope === 'account#shop',
  );
  return stored.filter((item) => TRACES.test(JSON.stringify(item)));
}

/** Runs before the client first writes an account's item of an address. */
function beforeFirstRecord(client: DynamoDBClient, act: () => Promise<void>): void {
  let isFirst = true;
  client.middlewareStack.add(
    (next) => async (args) => {
      const writes = /"UpdateExpression"|"Put"/.test(JSON.stringify(args.input));
      if (isFirst && writes && JSON.stringify(args.input).includes('"account#shop"')) {
        isFirst = false;
        await act();
      }
      return await next(args);
    },
    { step: 'initialize' },
  );
}
