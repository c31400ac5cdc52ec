import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, HOUR_IN_MS } from '../../lib/policy/time.ts';
import type { StubFault } from '../../local/ses-stub.ts';
import { ACCOUNT, expectProblem, NOW } from './api-harness.ts';
import { bounceFor, echoOf } from './notifications.ts';
import { openWorld, REGION, type World, type WorldOptions } from './sync-harness.ts';

const ADA = 'ada@example.com';
const SPELLED = 'Ada@Example.com';

let world: World;
afterEach(() => world?.close());

/** Ada bounced for good, so SES lists her, and her unbounce was granted. */
async function afterUnbounce(options: WorldOptions = {}): Promise<World> {
  world = await openWorld(options);
  world.list(SPELLED, { listedAt: NOW - DAY_IN_MS });
  await world.api.record(bounceFor('policy', SPELLED));
  expect((await world.api.unbounce(ADA)).body).toMatchObject({ layers: { sesAccountList: 'pending' } });
  return world;
}

/** Everything that happens by itself, until nothing waits. */
async function settle({ stream, workOff }: World, more: { twice?: boolean } = {}): Promise<void> {
  await stream([ADA]);
  await workOff(more);
  await stream([ADA]);
  await workOff(more);
}

/** Off SES's list, sent to, and charged once. */
async function expectFree({ api, listed, layer, pending, queue, deadLetters }: World): Promise<void> {
  expect(listed()).toEqual([]);
  expect(await layer(ADA)).toBe('clear');
  expect((await api.filter([ADA])).body.send).toEqual([ADA]);
  expect((await api.quota()).body.used).toBe(1);
  expect(api.twin.ledger).toHaveLength(1);
  expect([await pending(), queue, deadLetters]).toEqual([0, [], []]);
}

describe('an unbounce', () => {
  test('takes the address off the list in the spelling that SES holds, and blocks until that is done', async () => {
    await afterUnbounce();
    expect((await world.api.filter([ADA])).body.notSent).toMatchObject([
      { rule: 'P5', layer: 'sesAccountList' },
    ]);
    await settle(world);
    await expectFree(world);
    expect(world.telemetry.counted('SesRemovalSettled', { Outcome: 'removed' })).toBe(1);
  });

  test('asks SES in every Region, and on the lists of the tenants that sent', async () => {
    world = await openWorld({ regions: [REGION, 'us-east-1'] });
    const { mail, ...rest } = bounceFor('policy', SPELLED) as { mail: { tags: object } };
    await world.api.record({
      ...rest,
      mail: { ...mail, tags: { ...mail.tags, 'ses:tenant-name': ['tenant-7'] } },
    });
    world.list(SPELLED, { region: 'us-east-1' });
    world.list(SPELLED, { region: 'us-east-1', tenant: 'tenant-7' });
    world.list(ADA, { tenant: 'tenant-7' });
    world.list(ADA, { tenant: 'tenant-8' });
    await world.api.unbounce(ADA);
    await settle(world);
    expect([world.listed('us-east-1'), world.listed('us-east-1', 'tenant-7')]).toEqual([[], []]);
    expect([world.listed(REGION, 'tenant-7'), world.listed(REGION, 'tenant-8')]).toEqual([[], [ADA]]);
    expect(await world.layer(ADA)).toBe('clear');
  });

  test('of an address that SES does not list is confirmed too', async () => {
    await afterUnbounce();
    world.stub.lists.remove({ region: REGION, tenant: null }, SPELLED);
    await settle(world);
    await expectFree(world);
  });

  test('never takes off what SES lists for a complaint: the address stays blocked', async () => {
    await afterUnbounce();
    world.list(SPELLED, { reason: 'COMPLAINT' });
    await settle(world);
    expect(world.listed()).toEqual([SPELLED]);
    expect(await world.layer(ADA)).toBe('blocked');
    expect((await world.api.filter([ADA])).body.notSent).toMatchObject([
      { rule: 'P5', unbounce: { allowed: false, refusals: ['U3', 'U5'] } },
    ]);
    expect(await world.pending()).toBe(0);
  });

  test('after an erasure leaves nobody to ask for, and the layer unknown', async () => {
    await afterUnbounce();
    const erased = { address: null, spellings: [], erasedAt: NOW };
    const key = { account: ACCOUNT, addressHash: (await world.api.look(ADA)).body.id };
    const change = <T extends { record: object }>(seen: T) => ({
      ...seen,
      record: { ...seen.record, ...erased },
    });
    await world.api.twin.updateAddress(key, { change, deadlineAt: world.api.time.now });
    await settle(world);
    expect(await world.layer(ADA)).toBe('unknown');
    expect(await world.pending()).toBe(0);
  });
});

test('a release by the operator takes a dead address off the list, for whoever has not met it', async () => {
  world = await openWorld();
  const accounts = ['a', 'b', 'c'];
  for (const account of accounts) {
    await world.api.register({ sendingIdentities: [`${account}.example`] }, account);
    await world.api.record(bounceFor('unknown_user', ADA, { account }));
  }
  world.list(ADA);
  const released = await world.api.call('POST /v1/global-bounces/{address}/release', {
    address: ADA,
    body: { reason: 'The domain was down.' },
  });
  expect(released.status).toBe(200);
  await settle(world);
  expect([world.listed(), await world.layer(ADA)]).toEqual([[], 'clear']);
  expect((await world.api.filter([ADA])).body.send).toEqual([ADA]);
  expect((await world.api.filter([ADA], { account: 'a' })).body.notSent).toMatchObject([{ rule: 'P2' }]);
});

describe('a permanent bounce that does not suppress', () => {
  test('blocks for all until SES has taken the address off its list, then for nobody', async () => {
    world = await openWorld();
    world.list(ADA);
    await world.api.record(bounceFor('reputation', ADA));
    await world.api.register({ sendingIdentities: ['other.example'] }, 'other');
    for (const account of [ACCOUNT, 'other']) {
      expect((await world.api.filter([ADA], { account })).body.notSent).toMatchObject([{ rule: 'P5' }]);
    }
    expectProblem(await world.api.unbounce(ADA), { status: 404, code: 'not_suppressed', rules: ['U2'] });
    await settle(world);
    expect(world.listed()).toEqual([]);
    expect((await world.api.filter([ADA], { account: 'other' })).body.send).toEqual([ADA]);
    expect((await world.api.quota()).body.used).toBe(0);
  });

  test('of mail in flight at the unbounce is taken off once more', async () => {
    await afterUnbounce();
    await settle(world);
    world.list(SPELLED);
    world.api.time.now += HOUR_IN_MS;
    await world.api.record(bounceFor('policy', SPELLED, { sentAt: NOW - 1 }));
    expect(await world.layer(ADA)).toBe('pending');
    await settle(world);
    await expectFree(world);
  });
});

describe('an echo', () => {
  const later = (world: World, sentAt: number) =>
    world.api.record(echoOf('OnAccountSuppressionList', SPELLED, { sentAt }));

  test('of mail sent before the removal was asked for changes nothing', async () => {
    await afterUnbounce();
    await later(world, NOW - 1);
    await settle(world);
    await later(world, NOW);
    await settle(world);
    await expectFree(world);
    expect(world.telemetry.counted('SesListDrift')).toBe(0);
  });

  test('of mail sent after it means that the list still holds the address: it is removed again, and drift', async () => {
    await afterUnbounce();
    await settle(world);
    world.list(SPELLED);
    world.api.time.now += HOUR_IN_MS;
    await later(world, world.api.time.now - 60_000);
    expect(await world.layer(ADA)).toBe('pending');
    await settle(world);
    await expectFree(world);
    expect(world.telemetry.counted('SesListDrift', { Direction: 'still_listed' })).toBe(1);
  });

  test('brings a spelling that nobody knew', async () => {
    await afterUnbounce();
    await settle(world);
    world.list('ADA@example.com');
    world.api.time.now += HOUR_IN_MS;
    await world.api.record(
      echoOf('OnAccountSuppressionList', 'ADA@example.com', { sentAt: world.api.time.now - 60_000 }),
    );
    await settle(world);
    await expectFree(world);
  });

  test('after a bounce for good that followed the unbounce blocks: nobody is left to take it off for', async () => {
    await afterUnbounce();
    await settle(world);
    world.api.time.now += HOUR_IN_MS;
    world.list(SPELLED);
    await world.api.record(bounceFor('unknown_user', SPELLED, { sentAt: world.api.time.now - 60_000 }));
    await later(world, world.api.time.now - 1_000);
    await settle(world);
    expect(world.listed()).toEqual([SPELLED]);
    expect(await world.layer(ADA)).toBe('blocked');
    expect(world.telemetry.counted('SesRemovalSettled', { Outcome: 'kept' })).toBe(1);
  });
});

describe('whatever goes wrong, the address ends off the list and one unbounce is charged:', () => {
  test.each<StubFault>(['throttled', 'server_error', 'lost_request', 'lost_response'])(
    'SES %s, at every request',
    async (fault) => {
      for (let at = 0; at < 4; at++) {
        await afterUnbounce();
        world.stub.next(...Array.from({ length: at }, () => null), fault);
        await settle(world);
        await expectFree(world);
        await world.close();
      }
    },
  );

  test('SES is down for longer than one try of the queue', async () => {
    await afterUnbounce();
    world.stub.next(...Array.from({ length: 20 }, () => 'server_error' as const));
    await settle(world);
    await expectFree(world);
    expect(world.telemetry.counted('SesTaskReturned')).toBeGreaterThan(0);
  });

  test.each(['before', 'after'] as const)('the process ends %s any of its steps', async (when) => {
    let crashes = 0;
    for (let at = 0; at === crashes; at++) {
      await afterUnbounce();
      world.steps.crash = { at, when };
      await settle(world);
      crashes += Number(world.steps.done > at);
      await expectFree(world);
      await world.close();
    }
    expect(crashes).toBeGreaterThan(8);
  });

  test('every message comes twice', async () => {
    await afterUnbounce();
    await settle(world, { twice: true });
    await expectFree(world);
  });

  test('a message that was done comes again: SES is not asked again', async () => {
    await afterUnbounce();
    await settle(world);
    const { length } = world.stub.requests;
    world.send({ task: 'remove', addressHash: (await world.api.look(ADA)).body.id });
    await world.workOff();
    expect(world.stub.requests).toHaveLength(length);
    await expectFree(world);
  });

  test('SES is down until the message is given up: the schedule asks again until it works', async () => {
    await afterUnbounce();
    await world.stream([ADA]);
    const faults = Array.from({ length: 200 }, () => 'server_error' as const);
    world.stub.next(...faults);
    await world.workOff();
    expect(world.deadLetters.splice(0)).toHaveLength(1);
    expect([await world.layer(ADA), await world.pending()]).toEqual(['pending', 1]);
    const { telemetry } = world;
    world.api.time.now += HOUR_IN_MS;
    world.send({ task: 'requeue' });
    await world.workOff();
    expect(telemetry.measured('SesRemovalsWaiting')).toBe(1);
    expect(telemetry.measured('SesOldestRemovalAge')).toBeGreaterThanOrEqual(3_600);
    while (world.deadLetters.splice(0).length > 0 || (await world.pending()) > 0) {
      world.api.time.now += HOUR_IN_MS;
      world.send({ task: 'requeue' });
      await world.workOff();
    }
    await expectFree(world);
    expect(telemetry.counted('SesRemovalQueuedAgain')).toBeGreaterThan(0);
    world.send({ task: 'requeue' });
    await world.workOff();
    expect([telemetry.measured('SesRemovalsWaiting'), telemetry.measured('SesOldestRemovalAge')]).toEqual([
      0, 0,
    ]);
  });

  test('what waits in the queue behind the schedule is not queued twice', async () => {
    await afterUnbounce();
    world.send({ task: 'requeue' });
    world.api.time.now += 1;
    await world.stream([ADA]);
    expect(world.queue.map(({ task }) => task.task)).toEqual(['requeue', 'remove']);
    await world.workOff();
    expect(world.telemetry.counted('SesRemovalQueuedAgain')).toBe(0);
    await expectFree(world);
  });
});

describe('the function', () => {
  test('passes over stream records that it cannot read, and says so', async () => {
    world = await openWorld();
    const NewImage = { addressHash: { S: 'hash' }, scope: { S: 'status' } };
    await world.invoke({ Records: [{ eventSource: 'aws:dynamodb', dynamodb: { NewImage } }] });
    expect(world.telemetry.counted('StreamRecordUnreadable')).toBe(1);
  });

  test('drops what is no task, and says so', async () => {
    world = await openWorld();
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"task":"remove"}',
      '{"task":"read","region":"x"}',
      '{"task":"else"}',
    ]) {
      const Records = [
        { eventSource: 'aws:sqs' as const, messageId: '1', body, attributes: { SentTimestamp: '1' } },
      ];
      expect(await world.invoke({ Records })).toEqual({ batchItemFailures: [] });
    }
    expect(world.telemetry.counted('SesTaskUnknown')).toBe(7);
  });

  test('returns a message that failed with all behind it, so that their order stays', async () => {
    await afterUnbounce();
    world.steps.crash = { at: 0, when: 'before' };
    const { id } = (await world.api.look(ADA)).body;
    const Records = ['1', '2'].map((messageId) => ({
      eventSource: 'aws:sqs' as const,
      messageId,
      body: JSON.stringify({ task: 'remove', addressHash: id }),
      attributes: { SentTimestamp: '1' },
    }));
    expect(await world.invoke({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }],
    });
  });

  test('tells no address to the log', async () => {
    await afterUnbounce();
    world.stub.next('throttled', 'server_error');
    await settle(world);
    expect(JSON.stringify(world.telemetry.events)).not.toMatch(/ada@/i);
    expect(world.telemetry.events).toContainEqual(
      expect.objectContaining({
        event: 'ses_removal_settled',
        fields: expect.objectContaining({ outcome: 'removed' }),
      }),
    );
  });
});
