import { PutSuppressedDestinationCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { createPacedCaller } from '../../lib/ses/paced-caller.ts';
import { createSuppressionList, StalePositionError } from '../../lib/ses/suppression-list.ts';
import { LOCAL_CREDENTIALS } from '../../local/aws-clients.ts';
import { type SesStub, type StubFault, startSesStub } from '../../local/ses-stub.ts';
import type { StubListName } from '../../local/ses-stub-lists.ts';
import { CLIENTS, REGION } from './stub-clients.ts';

const ADDRESS = "Ada.O'Neil+a/b@Example.com";
const LISTED_AT = Date.parse('2026-11-20T08:15:30.250Z');
const ACCOUNT_LIST: StubListName = { region: REGION, tenant: null };
const FAR = 10_000_000;

let stub: SesStub;
beforeEach(async () => {
  stub = await startSesStub();
});
afterEach(() => stub.stop());

/** A list whose clock moves by its own pauses alone. */
function open(client = CLIENTS['the client of the functions'](stub)) {
  const pauses: number[] = [];
  const time = { now: 0 };
  const call = createPacedCaller({
    clock: () => time.now,
    sleep: async (durationInMs) => {
      pauses.push(durationInMs);
      time.now += durationInMs;
    },
    random: () => 0,
  });
  return { list: createSuppressionList({ region: REGION, client, call }), pauses, time };
}

function put(address: string, reason: 'BOUNCE' | 'COMPLAINT' = 'BOUNCE', list = ACCOUNT_LIST) {
  stub.lists.put(list, { address, reason, listedAt: LISTED_AT });
}

describe.each(Object.entries(CLIENTS))('by %s', (_, createClient) => {
  test('an entry is found under its exact case alone, and removed under it', async () => {
    const { list } = open(createClient(stub));
    put(ADDRESS);
    for (const spelling of [ADDRESS.toLowerCase(), ADDRESS.toUpperCase()]) {
      expect(await list.find({ spelling, tenant: null }, FAR)).toBeNull();
      await list.remove({ spelling, tenant: null }, FAR);
    }
    const place = { spelling: ADDRESS, tenant: null };
    const entry = { spelling: ADDRESS, listedFor: 'bounce', listedAt: LISTED_AT };
    expect(await list.find(place, FAR)).toEqual(entry);
    await list.remove(place, FAR);
    await list.remove(place, FAR);
    expect(await list.find(place, FAR)).toBeNull();
  });

  test("a tenant's list is another one", async () => {
    const { list } = open(createClient(stub));
    const [ofTenant, ofAccount] = [
      { spelling: ADDRESS, tenant: 'tenant-7' },
      { spelling: ADDRESS, tenant: null },
    ];
    put(ADDRESS, 'COMPLAINT', { region: REGION, tenant: 'tenant-7' });
    expect(await list.find(ofAccount, FAR)).toBeNull();
    expect(await list.find(ofTenant, FAR)).toMatchObject({ listedFor: 'complaint' });
    await list.remove(ofTenant, FAR);
    expect(await list.find(ofTenant, FAR)).toBeNull();
  });

  test('the list is read page by page, each entry once', async () => {
    const { list } = open(createClient(stub));
    const addresses = Array.from({ length: 2_100 }, (_, index) => `a-${10_000 + index}@example.com`);
    for (const [index, address] of addresses.entries())
      put(address, index % 3 === 0 ? 'COMPLAINT' : 'BOUNCE');
    const pages = [await list.readPage(null, FAR)];
    for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
      pages.push(await list.readPage(next, FAR));
    }
    expect(pages.map(({ entries }) => entries.length)).toEqual([1_000, 1_000, 100]);
    expect(pages.flatMap(({ entries }) => entries.map(({ spelling }) => spelling))).toEqual(addresses);
    expect(pages[0]?.entries[0]).toEqual({
      spelling: addresses[0],
      listedFor: 'complaint',
      listedAt: LISTED_AT,
    });
  });

  test('a position that SES does not know is said to be stale', async () => {
    const { list } = open(createClient(stub));
    await expect(list.readPage('elsewhere', FAR)).rejects.toBeInstanceOf(StalePositionError);
  });

  test.each<StubFault>(['throttled', 'server_error', 'lost_request', 'lost_response'])(
    'a removal that is %s is tried again until it is done',
    async (fault) => {
      const { list, pauses } = open(createClient(stub));
      put(ADDRESS);
      stub.next(fault, fault, fault);
      await list.remove({ spelling: ADDRESS, tenant: null }, FAR);
      expect(stub.lists.all(ACCOUNT_LIST)).toEqual([]);
      expect(stub.requests).toHaveLength(4);
      expect(pauses.reduce((sum, pause) => sum + pause)).toBe(1_000 + 1_000 + 2_000);
    },
  );
});

describe('the pace', () => {
  test('is one request a second, and nothing waits for the first', async () => {
    const { list, pauses, time } = open();
    for (const spelling of ['a@x.example', 'b@x.example', 'c@x.example'])
      await list.find({ spelling, tenant: null }, FAR);
    expect(pauses).toEqual([1_000, 1_000]);
    time.now += 5_000;
    await list.find({ spelling: 'd@x.example', tenant: null }, FAR);
    expect(pauses).toHaveLength(2);
  });

  test('ends at the deadline, and nobody knows', async () => {
    const { list, time } = open();
    stub.next(...Array.from({ length: 9 }, () => 'throttled' as const));
    await expect(list.find({ spelling: ADDRESS, tenant: null }, 8_000)).rejects.toBeInstanceOf(
      UnavailableError,
    );
    expect(time.now).toBeLessThan(8_000);
    await expect(list.find({ spelling: ADDRESS, tenant: null }, 0)).rejects.toBeInstanceOf(UnavailableError);
  });

  test('does not try again what SES refuses for good', async () => {
    const refused = Object.assign(new Error('No.'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    const { list } = open({ send: () => Promise.reject(refused) } as never);
    await expect(list.find({ spelling: ADDRESS, tenant: null }, FAR)).rejects.toBe(refused);
  });

  test('what SES would never take as an address is not listed', async () => {
    const { list } = open();
    expect(await list.find({ spelling: 'nobody', tenant: null }, FAR)).toBeNull();
  });
});

describe('the stub', () => {
  test('throttles by Region what comes too fast', async () => {
    const slow = await startSesStub({ requestsPerSecond: 1 });
    const clientIn = (region: string) =>
      new SESv2Client({ endpoint: slow.endpoint, region, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });
    const command = new PutSuppressedDestinationCommand({ EmailAddress: ADDRESS, Reason: 'BOUNCE' });
    await clientIn('eu-central-1').send(command);
    await expect(clientIn('eu-central-1').send(command)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    await clientIn('us-east-1').send(command);
    expect(slow.lists.all({ region: 'us-east-1', tenant: null })).toMatchObject([
      { address: ADDRESS, reason: 'BOUNCE' },
    ]);
    await slow.stop();
  });
});
