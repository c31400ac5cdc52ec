import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, HOUR_IN_MS } from '../../lib/policy/time.ts';
import type { ListReading, ReadingCounts } from '../../lib/store/ses-list-port.ts';
import { expectProblem, NOW } from './api-harness.ts';
import { bounceFor } from './notifications.ts';
import { openWorld, REGION, type World } from './sync-harness.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';

let world: World;
afterEach(() => world?.close());

/** One reading of SES's list, begun now, with the stream at its heels. */
async function importNow(
  { send, queue, workOff, api, stream }: World,
  addresses: readonly string[] = [ADA, BOB],
) {
  api.time.now += HOUR_IN_MS;
  send({ task: 'import' });
  while (queue.length > 0) {
    await workOff({ atMost: 1 });
    await stream(addresses);
  }
}

async function countsOf({ sesList, api }: World, region = REGION): Promise<ReadingCounts | undefined> {
  const reading = await sesList.readReading(region, api.time.now);
  expect(reading?.phase).toBe('done');
  return reading?.counts;
}

describe('what SES lists', () => {
  test('blocks for every account, and a complaint is never unbounced', async () => {
    world = await openWorld();
    world.list('Ada@Example.com');
    world.list(BOB, { reason: 'COMPLAINT' });
    await importNow(world);
    await world.api.register({ sendingIdentities: ['other.example'] }, 'other');
    for (const account of ['acme', 'other']) {
      expect((await world.api.filter([ADA, BOB, 'new@example.com'], { account })).body).toMatchObject({
        send: ['new@example.com'],
        notSent: [
          { recipient: ADA, rule: 'P5', layer: 'sesAccountList', unbounce: { allowed: true } },
          {
            recipient: BOB,
            rule: 'P5',
            layer: 'sesAccountList',
            unbounce: { allowed: false, refusals: ['U3'] },
          },
        ],
      });
    }
    expectProblem(await world.api.unbounce(BOB), {
      status: 409,
      code: 'reason_not_unbounceable',
      rules: ['U3'],
    });
    expect(await countsOf(world)).toMatchObject({ entries: 2, blocked: 2 });
    expect(world.telemetry.counted('SesListDrift')).toBe(0);
  });

  test('is unbounced in the spelling in which SES lists it, though no account has met it', async () => {
    world = await openWorld();
    world.list('ADA@Example.com');
    world.list('adA@example.com');
    await importNow(world);
    expect((await world.api.unbounce(ADA)).body).toMatchObject({ layers: { sesAccountList: 'pending' } });
    await world.stream([ADA]);
    await world.workOff();
    expect(world.listed()).toEqual([]);
    expect((await world.api.filter([ADA])).body.send).toEqual([ADA]);
    expect((await world.api.quota()).body.used).toBe(1);
  });

  test('is read whole, page by page, and a page a second', async () => {
    world = await openWorld();
    const addresses = Array.from({ length: 10_000 }, (_, index) => `person-${index}@example.com`);
    for (const [index, address] of addresses.entries()) {
      world.list(address, { reason: index % 100 === 0 ? 'COMPLAINT' : 'BOUNCE', listedAt: NOW - DAY_IN_MS });
    }
    await importNow(world);
    expect(await countsOf(world)).toEqual({
      entries: 10_000,
      unreadable: 0,
      blocked: 10_000,
      askedAgain: 0,
      inJobs: 0,
      jobsRefused: 0,
      ended: 0,
    });
    expect((await world.api.filter(addresses)).body).toMatchObject({ send: [], counts: { notSent: 10_000 } });
    const lines = world.telemetry.events.filter(({ event }) => event.startsWith('ses_list'));
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toMatchObject({
      event: 'ses_list_read',
      fields: { region: REGION, entries: 10_000 },
    });
    expect(world.stub.requests).toHaveLength(10);
  });

  test('that is no address is counted and passed over', async () => {
    world = await openWorld();
    world.list('a..b@@example.com');
    world.list(ADA);
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ entries: 2, unreadable: 1, blocked: 1 });
  });

  test('is read in every Region, and blocks until none holds it any more', async () => {
    world = await openWorld({ regions: [REGION, 'us-east-1'] });
    world.list(ADA);
    world.list(ADA, { region: 'us-east-1' });
    await importNow(world);
    world.stub.lists.remove({ region: REGION, tenant: null }, ADA);
    await importNow(world);
    expect(await world.layer(ADA)).toBe('blocked');
    world.stub.lists.remove({ region: 'us-east-1', tenant: null }, ADA);
    await importNow(world);
    expect(await world.layer(ADA)).toBe('unknown');
    expect((await world.api.filter([ADA])).body.send).toEqual([ADA]);
  });
});

describe('a later reading', () => {
  test('of an unchanged list writes no status again', async () => {
    world = await openWorld();
    world.list(ADA);
    await importNow(world);
    const { id } = (await world.api.look(ADA)).body;
    const read = () => world.api.twin.readStatuses([id], NOW);
    const before = await read();
    await importNow(world);
    expect(await read()).toEqual(before);
    expect(await countsOf(world)).toMatchObject({ entries: 1, blocked: 0, ended: 0 });
    expect(world.telemetry.counted('SesListDrift')).toBe(0);
  });

  test('counts drift in both directions: listed there and not here, blocked here and not listed there', async () => {
    world = await openWorld();
    world.list(ADA);
    await importNow(world);
    world.stub.lists.remove({ region: REGION, tenant: null }, ADA);
    world.list(BOB);
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ entries: 1, blocked: 1, askedAgain: 0, ended: 1 });
    expect(world.telemetry.counted('SesListDrift', { Direction: 'listed_there' })).toBe(1);
    expect(world.telemetry.counted('SesListDrift', { Direction: 'blocked_here' })).toBe(1);
    expect((await world.api.filter([ADA, BOB])).body.send).toEqual([ADA]);
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ blocked: 0, ended: 0 });
  });

  test('finds no drift in what Rebound itself took off', async () => {
    world = await openWorld();
    world.list(ADA);
    await importNow(world);
    await world.api.unbounce(ADA);
    await world.stream([ADA]);
    await world.workOff();
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ entries: 0, ended: 0 });
    expect([await world.layer(ADA), world.telemetry.counted('SesListDrift')]).toEqual(['clear', 0]);
  });

  test('finds what a removal left behind, and has it removed again', async () => {
    world = await openWorld();
    world.list(ADA, { listedAt: NOW - DAY_IN_MS });
    await world.api.record(bounceFor('policy', ADA));
    await world.api.unbounce(ADA);
    await world.stream([ADA]);
    await world.workOff();
    world.list(ADA, { listedAt: NOW - DAY_IN_MS });
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ blocked: 0, askedAgain: 1 });
    expect([world.listed(), await world.layer(ADA)]).toEqual([[], 'clear']);
    expect(world.telemetry.counted('SesListDrift', { Direction: 'still_listed' })).toBe(1);
    expect((await world.api.quota()).body.used).toBe(1);
  });

  test('blocks what SES listed anew after a removal, for some bounce that nobody told of', async () => {
    world = await openWorld();
    await world.api.record(bounceFor('reputation', ADA));
    await world.stream([ADA]);
    await world.workOff();
    expect(await world.layer(ADA)).toBe('clear');
    world.list(ADA, { listedAt: world.api.time.now + HOUR_IN_MS / 2 });
    await importNow(world);
    expect([world.listed(), await world.layer(ADA)]).toEqual([[ADA], 'blocked']);
    await importNow(world);
    expect(await world.layer(ADA)).toBe('blocked');
  });

  test('notes what waits without anybody knowing, and queues it at its end', async () => {
    world = await openWorld();
    world.list(ADA);
    await world.api.record(bounceFor('reputation', ADA));
    world.send({ task: 'import' });
    await world.workOff({ atMost: 3 });
    expect([world.listed(), await world.layer(ADA), await world.pending()]).toEqual([[ADA], 'pending', 1]);
    expect(world.queue.map(({ task }) => task.task)).toEqual(['requeue']);
    await world.workOff();
    expect([world.listed(), await world.layer(ADA)]).toEqual([[], 'clear']);
  });
});

describe('a reading', () => {
  async function listThree(entriesPerPage = 1): Promise<void> {
    world = await openWorld({ entriesPerPage });
    for (const address of [ADA, BOB, 'cy@example.com']) world.list(address);
  }

  /** The first page is done, and the message for the second is lost. */
  async function readOnePage(): Promise<ListReading> {
    world.send({ task: 'import' });
    await world.workOff({ atMost: 2 });
    world.queue.length = 0;
    const stopped = await world.sesList.readReading(REGION, NOW);
    expect(stopped).toMatchObject({ phase: 'read', pages: 1, counts: { entries: 1 } });
    return stopped as ListReading;
  }

  test('that stopped goes on where it was, and counts nothing twice', async () => {
    await listThree();
    const stopped = await readOnePage();
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ entries: 3, blocked: 3 });
    expect((await world.sesList.readReading(REGION, NOW))?.startedAt).toBe(stopped.startedAt);
  });

  test.each(['before', 'after'] as const)(
    'survives that the process ends %s any of its steps',
    async (when) => {
      let crashes = 0;
      for (let at = 0; at === crashes; at++) {
        await listThree(2);
        world.steps.crash = { at, when };
        await importNow(world);
        crashes += Number(world.steps.done > at);
        expect(await countsOf(world)).toMatchObject({ entries: 3, blocked: 3 });
        expect((await world.api.filter([ADA, BOB, 'cy@example.com'])).body.send).toEqual([]);
        expect(world.deadLetters).toEqual([]);
        await world.close();
      }
      expect(crashes).toBeGreaterThan(15);
    },
  );

  test('survives that every message comes twice', async () => {
    await listThree();
    world.send({ task: 'import' });
    await world.workOff({ twice: true });
    expect(await countsOf(world)).toMatchObject({ entries: 3, blocked: 3 });
  });

  test('survives throttles and faults of SES', async () => {
    await listThree();
    world.stub.next('throttled', 'server_error', 'lost_request', 'lost_response');
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ entries: 3, blocked: 3 });
  });

  test('begins anew where SES does not know its position any more', async () => {
    await listThree();
    const stopped = await readOnePage();
    await world.sesList.saveReading({ ...stopped, position: 'gone' }, NOW);
    await importNow(world);
    expect(await countsOf(world)).toMatchObject({ entries: 3 });
    expect(world.telemetry.events).toContainEqual(expect.objectContaining({ event: 'ses_list_read_anew' }));
  });
});
