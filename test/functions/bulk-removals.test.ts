import { afterEach, describe, expect, test } from '@jest/globals';
import { HOUR_IN_MS } from '../../lib/policy/time.ts';
import type { StubFault } from '../../local/ses-stub.ts';
import { NOW } from './api-harness.ts';
import { bounceFor } from './notifications.ts';
import { openWorld, REGION, type World, type WorldOptions } from './sync-harness.ts';

const SENT_AT = NOW - 60_000;
const LONG_IN_LINE_IN_MS = HOUR_IN_MS / 5;

let world: World;
afterEach(() => world?.close());

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => `person-${index}@example.com`).sort();
const capital = (address: string) => address.replace('person', 'Person');

/** They bounced for a blocked IP address: SES lists them, in a spelling of its own, and Rebound wants them off. */
async function openBlocked(addresses: readonly string[], options: WorldOptions = {}): Promise<void> {
  world = await openWorld(options);
  for (const address of addresses) world.list(capital(address), { listedAt: NOW });
  await world.api.record(
    ...addresses.map((address) => bounceFor('reputation', capital(address), { sentAt: SENT_AT })),
  );
  await world.stream(addresses);
  world.api.time.now += 1;
}

/** So many hours, the schedule at the beginning of each. */
async function hours(count: number, more: { twice?: boolean } = {}): Promise<void> {
  for (let hour = 0; hour < count; hour++) {
    world.send({ task: 'requeue' });
    await world.workOff(more);
    world.api.time.now += HOUR_IN_MS;
  }
}

async function read(more: { twice?: boolean } = {}): Promise<void> {
  world.send({ task: 'import' });
  await world.workOff(more);
}

const requestsFor = (path: string) => world.stub.requests.filter((request) => request.endsWith(path)).length;
const readingsBegun = () => requestsFor('GET /v2/email/suppression/addresses');
const jobsAsked = () => requestsFor('POST /v2/email/import-jobs');
const outcomes = (Outcome: string) => world.telemetry.counted('SesRemovalSettled', { Outcome });

async function expectNothingWaits(): Promise<void> {
  expect([await world.pending(), world.queue, world.deadLetters]).toEqual([0, [], []]);
}

describe('when many wait', () => {
  test('5,000 end with two readings and a job for each of their pages; what SES lists for a complaint stays', async () => {
    const addresses = people(5_000);
    const complained = addresses.slice(0, 10);
    await openBlocked(addresses);
    for (const address of complained) world.list(capital(address), { reason: 'COMPLAINT' });
    world.queue.length = 0;
    await hours(2);
    expect(world.listed()).toEqual(complained.map(capital));
    await expectNothingWaits();
    const { send, notSent } = (await world.api.filter(addresses)).body;
    expect([send.length, notSent.length]).toEqual([4_990, 10]);
    expect([outcomes('confirmed_by_reading'), outcomes('listed_for_complaint')]).toEqual([4_990, 10]);
    expect(jobsAsked()).toBe(5);
    console.log(`5,000 removals: ${world.stub.requests.length} requests of SES, ${jobsAsked()} of them jobs`);
    expect(world.stub.requests.length).toBeLessThan(50);
  });

  test('what stands long in line is left to the readings, and still pending until they have proved it', async () => {
    const addresses = people(650);
    await openBlocked(addresses);
    world.api.time.now += LONG_IN_LINE_IN_MS;
    await world.workOff();
    expect([world.stub.requests, await world.layer(addresses[0] ?? '')]).toEqual([[], 'pending']);
    await hours(1);
    expect([world.listed(), await world.layer(addresses[0] ?? ''), readingsBegun()]).toEqual([
      [],
      'pending',
      1,
    ]);
    await hours(1);
    await expectNothingWaits();
    expect((await world.api.filter(addresses)).body.send).toHaveLength(650);
    expect([outcomes('confirmed_by_reading'), readingsBegun(), jobsAsked()]).toEqual([650, 2, 1]);
  });

  test('no reading begins within half an hour of the one before', async () => {
    await openBlocked(people(650));
    world.queue.length = 0;
    await hours(1);
    world.api.time.now -= HOUR_IN_MS - 60_000;
    await hours(1);
    expect(readingsBegun()).toBe(1);
  });

  test('and SES refuses the job, all go one by one; the job is asked for once a reading', async () => {
    await openBlocked(people(650), { entriesPerPage: 100 });
    world.queue.length = 0;
    world.stub.next(null, 'refused');
    world.send({ task: 'requeue' });
    while (world.queue[0]?.task.task !== 'remove') await world.workOff({ atMost: 1 });
    expect(world.queue).toHaveLength(650);
    expect(jobsAsked()).toBe(1);
    expect(world.telemetry.counted('SesJobRefused')).toBe(1);
    world.api.time.now += LONG_IN_LINE_IN_MS;
    await world.workOff({ atMost: 1 });
    expect([outcomes('removed'), await world.pending()]).toEqual([1, 649]);
    expect(JSON.stringify(world.telemetry.events)).not.toMatch(/person-/i);
  });

  test('and SES takes no jobs at all, all go one by one', async () => {
    await openBlocked(people(650), { jobs: false });
    world.queue.length = 0;
    world.send({ task: 'requeue' });
    await world.workOff({ atMost: 1 });
    expect(world.queue).toHaveLength(650);
  });
});

describe('when few wait', () => {
  test('each is asked for by itself, however long it stood in line', async () => {
    const addresses = people(3);
    await openBlocked(addresses);
    world.api.time.now += LONG_IN_LINE_IN_MS;
    await world.workOff();
    await expectNothingWaits();
    expect([world.listed(), outcomes('removed')]).toEqual([[], 3]);
  });

  test('a reading that finds none of them proves that they are off', async () => {
    const addresses = people(3);
    await openBlocked(addresses);
    world.queue.length = 0;
    for (const address of addresses)
      world.stub.lists.remove({ region: REGION, tenant: null }, capital(address));
    await read();
    await expectNothingWaits();
    expect([readingsBegun(), world.stub.requests.length, outcomes('confirmed_by_reading')]).toEqual([
      1, 1, 3,
    ]);
    expect((await world.api.filter(addresses)).body.send).toEqual(addresses);
  });

  test('in two Regions, both must have been read to their ends', async () => {
    const [ada = ''] = people(1);
    await openBlocked([ada], { regions: [REGION, 'us-east-1'] });
    world.queue.length = 0;
    world.stub.lists.remove({ region: REGION, tenant: null }, capital(ada));
    world.list(ada, { region: 'us-east-1' });
    world.send({ task: 'import' });
    while ((await world.sesList.readReading('us-east-1', NOW))?.phase !== 'done') {
      await world.workOff({ atMost: 1 });
      expect(outcomes('confirmed_by_reading')).toBe(0);
    }
    await world.workOff();
    expect([world.listed('us-east-1'), outcomes('removed')]).toEqual([[], 1]);
    await expectNothingWaits();
  });
});

describe('a job', () => {
  const MANY_ON_A_PAGE = people(55);

  async function expectAllOff(): Promise<void> {
    expect(world.listed()).toEqual([]);
    await expectNothingWaits();
    expect((await world.api.filter(MANY_ON_A_PAGE)).body.send).toEqual(MANY_ON_A_PAGE);
  }

  async function openPage(): Promise<void> {
    await openBlocked(MANY_ON_A_PAGE);
    world.queue.length = 0;
  }

  test('names each entry as SES spells it, and leaves out whom nobody may send to', async () => {
    await openPage();
    const dead = 'dead@example.com';
    world.list(dead);
    await world.api.record(bounceFor('reputation', dead, { sentAt: SENT_AT }));
    await world.api.record(bounceFor('unknown_user', dead, { sentAt: SENT_AT + 1 }));
    await read();
    const [place = '', ...more] = world.stub.objects.places;
    expect(place).toMatch(/^\/removals-bucket\/removals\/eu-central-1\/\d+-0\.json$/);
    expect(more).toEqual([]);
    const lines = (world.stub.objects.find(place) ?? '').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).emailAddress).sort()).toEqual(MANY_ON_A_PAGE.map(capital));
    expect(world.listed()).toEqual([dead]);
  });

  test('is not worth it for fewer than 50', async () => {
    await openBlocked(people(49));
    world.queue.length = 0;
    await read();
    expect([world.listed(), jobsAsked()]).toEqual([[], 0]);
    await expectNothingWaits();
  });

  test.each<StubFault>(['throttled', 'server_error', 'lost_request', 'lost_response', 'refused'])(
    'that is %s ends with all off the list',
    async (fault) => {
      await openPage();
      world.stub.next(null, fault);
      await read();
      await expectAllOff();
    },
  );

  test.each(['before', 'after'] as const)(
    'during which the process ends, %s any step of it',
    async (when) => {
      await openPage();
      await read();
      const [jobAt = 0] = world.steps.jobsAt;
      await world.close();
      // Of 55 addresses' plans the last, the object, the job, the reading's place, the next task.
      for (let at = jobAt - 1; at < jobAt + 4; at++) {
        await openPage();
        world.steps.crash = { at, when };
        await read();
        expect(world.steps.done).toBeGreaterThan(at);
        expect(world.stub.objects.places).toHaveLength(1);
        await expectAllOff();
        await world.close();
      }
    },
    60_000,
  );

  test('survives that every message comes twice', async () => {
    await openPage();
    await read({ twice: true });
    await expectAllOff();
  });
});
