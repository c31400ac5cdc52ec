import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { createEventBridgeBus } from '../../functions/publish-events/event-bridge-bus.ts';
import { outgoingEvent } from '../../functions/publish-events/outgoing-event.ts';
import { createEventBridgeCaller } from '../../lib/aws/service-clients.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { LOCAL_CREDENTIALS } from '../../local/aws-clients.ts';
import { openService } from '../aws/scripted-service.ts';
import { ACCOUNT, CORRECT, ERASE, NOW, RELEASE } from './api-harness.ts';
import { EVENT_SCHEMAS, eventFaults } from './event-schemas.ts';
import { bounceFor, echoOf, strikesOf } from './notifications.ts';
import { openPublishWorld, type PublishedEvent, type PublishWorld } from './publish-harness.ts';

const ADA = 'ada@example.com';
const ID = addressHash(ADA);
const EVENT_ID = expect.stringMatching(/^[\w-]{43}$/);

const inShort = (events: readonly PublishedEvent[]) =>
  events.map(({ type, detail }) => [type, detail.account ?? null, detail.reason ?? null]);

describe('what becomes of an address', () => {
  test('is told: suppressed, unbounced, suppressed again', async () => {
    const { api, told } = await openPublishWorld();
    await api.record(bounceFor('policy', ADA));
    expect(await told(ADA)).toEqual([
      {
        type: 'Address Suppressed',
        detail: {
          schemaVersion: 1,
          eventId: EVENT_ID,
          id: ID,
          account: ACCOUNT,
          change: 'began',
          reason: 'policy',
          rule: 'B7',
          until: null,
          policyVersion: loadPolicy().version,
          campaign: 'spring',
          status: '5.7.1',
          bouncedAt: toIso(NOW - DAY_IN_MS + 5_000),
          at: toIso(NOW),
        },
      },
    ]);
    api.time.now += HOUR_IN_MS;
    expect((await api.unbounce(ADA)).status).toBe(200);
    expect(await told(ADA)).toEqual([
      {
        type: 'Address Unbounced',
        detail: {
          schemaVersion: 1,
          eventId: EVENT_ID,
          id: ID,
          account: ACCOUNT,
          reason: 'policy',
          rule: 'B7',
          at: toIso(NOW + HOUR_IN_MS),
        },
      },
    ]);
    api.time.now += HOUR_IN_MS;
    await api.record(bounceFor('policy', ADA, { sentAt: api.time.now - 1 }));
    expect(inShort(await told(ADA))).toEqual([['Address Suppressed', ACCOUNT, 'policy']]);
  });

  test('is told of suppressions by strikes with their end, and again when that moves', async () => {
    const { api, told } = await openPublishWorld();
    const [first, ...others] = strikesOf(ADA);
    await api.record(first);
    expect(await told(ADA)).toEqual([]);
    await api.record(...others);
    const [began] = await told(ADA);
    expect(began?.detail).toMatchObject({
      change: 'began',
      until: '2027-02-20T00:00:00.000Z',
      campaign: null,
    });
    api.time.now += DAY_IN_MS;
    await api.record(bounceFor('mailbox_full', ADA, { sentAt: NOW + HOUR_IN_MS }));
    const [prolonged] = await told(ADA);
    expect(prolonged?.detail).toMatchObject({
      change: 'prolonged',
      until: '2027-02-21T00:00:00.000Z',
      at: began?.detail.at,
    });
    expect(prolonged?.detail.eventId).not.toBe(began?.detail.eventId);
  });

  test('is told of global bounces without saying who reported them, and of their release', async () => {
    const { api, told } = await openPublishWorld();
    const accounts = [ACCOUNT, 'news', 'forum'];
    for (const account of accounts.slice(1)) {
      await api.register({ sendingIdentities: [`${account}.example`] }, account);
    }
    await api.record(...accounts.map((account) => bounceFor('unknown_user', ADA, { account })));
    const declared = (await told(ADA, accounts)).filter(({ detail }) => detail.account === undefined);
    expect(declared).toEqual([
      {
        type: 'Global Bounce Declared',
        detail: { schemaVersion: 1, eventId: EVENT_ID, id: ID, rule: 'G1', at: toIso(NOW) },
      },
    ]);
    api.time.now += HOUR_IN_MS;
    await api.call(RELEASE, { address: ADA, body: { reason: 'ada@example.com is alive.' } });
    expect(await told(ADA, accounts)).toEqual([
      {
        type: 'Global Bounce Released',
        detail: { schemaVersion: 1, eventId: EVENT_ID, id: ID, rule: 'G1', at: toIso(NOW + HOUR_IN_MS) },
      },
    ]);
  });

  test('is not told where nothing begins: soft bounces, marks, erasures, a release for one account', async () => {
    const { api, told } = await openPublishWorld();
    await api.record(bounceFor('reputation', ADA), echoOf('OnAccountSuppressionList', ADA));
    expect(await told(ADA)).toEqual([]);
    await api.record(bounceFor('policy', ADA));
    expect(await told(ADA)).toHaveLength(1);
    await api.record(bounceFor('policy', ADA), bounceFor('unknown_user', ADA));
    expect(await told(ADA)).toEqual([]);
    await api.call(RELEASE, { address: ADA, body: { reason: 'A mistake.', account: ACCOUNT } });
    await api.call(ERASE, { address: ADA });
    expect(await told(ADA)).toEqual([]);
  });

  test('is told of what was imported', async () => {
    const { api, told } = await openPublishWorld();
    await api.importRows([{ address: ADA, reason: 'spam', bouncedAt: toIso(NOW - DAY_IN_MS) }]);
    const [began, ...others] = await told(ADA);
    expect(others).toEqual([]);
    expect(began?.detail).toMatchObject({ change: 'began', campaign: 'imported' });
  });

  test('is not told of a correction', async () => {
    const { api, told } = await openPublishWorld();
    await api.record(bounceFor('policy', ADA, { sentAt: NOW - 5 * HOUR_IN_MS }));
    expect(await told(ADA)).toHaveLength(1);
    const body = { from: toIso(NOW - 6 * HOUR_IN_MS), to: toIso(NOW - 3 * HOUR_IN_MS), apply: true };
    expect(await api.call(CORRECT, { body })).toMatchObject({ status: 200 });
    expect((await api.look(ADA)).body.suppressed).toBe(false);
    expect(await told(ADA)).toEqual([]);
  });
});

describe('the readable address', () => {
  const suppressed = async (address = ADA) => {
    const world = await openPublishWorld();
    await world.api.record(bounceFor('policy', address));
    return { ...world, records: await world.changes(address) };
  };
  const addressesIn = async (
    { publish }: Pick<PublishWorld, 'publish'>,
    records: Parameters<PublishWorld['publish']>[0],
  ) => (await publish(records, { withAddress: true })).events.map(({ detail }) => detail.address);

  test('is in no event, nor in the log, unless the deployment asks for it', async () => {
    const { publish, records } = await suppressed();
    const { events, telemetry } = await publish(records, { faults: [new Error('No.')] });
    expect(JSON.stringify([events, telemetry.events])).not.toMatch(/ada|address"/i);
    expect(await addressesIn({ publish }, records)).toEqual([ADA]);
  });

  test('is not told once the person is erased, though the record that waited holds it', async () => {
    const world = await suppressed();
    await world.api.call(ERASE, { address: ADA });
    expect(JSON.stringify(world.records)).toContain(ADA);
    expect(await addressesIn(world, world.records)).toEqual([null]);
  });

  test('is not told of mail sent after the erasure either', async () => {
    const world = await suppressed();
    await world.api.call(ERASE, { address: ADA });
    await world.api.call(RELEASE, { address: ADA, body: { reason: 'Back.', account: ACCOUNT } });
    await world.changes(ADA);
    world.api.time.now += HOUR_IN_MS;
    await world.api.record(bounceFor('policy', ADA, { sentAt: world.api.time.now - 1 }));
    const records = await world.changes(ADA);
    expect(JSON.stringify(records)).toContain(ADA);
    expect(await addressesIn(world, records)).toEqual([null]);
  });

  test('may not be told while nobody can say who is erased: nothing is, and the stream tells it again', async () => {
    const world = await openPublishWorld();
    await world.api.record(bounceFor('policy', ADA));
    const records = await world.changes(ADA);
    world.api.twin.readStatuses = async () => {
      throw new UnavailableError('Not now.');
    };
    await expect(world.publish(records, { withAddress: true })).rejects.toThrow(UnavailableError);
  });
});

describe('at least once', () => {
  /** A world in which so many addresses bounced, and the records that say so. */
  async function bounced(count: number) {
    const world = await openPublishWorld();
    const addresses = Array.from({ length: count }, (_, index) => `user${index}@example.com`);
    await world.api.record(...addresses.map((address) => bounceFor('policy', address)));
    const records = (await Promise.all(addresses.map((address) => world.changes(address)))).flat();
    // Of each address the stream tells the account's item and the status item; the latter says nothing.
    expect(records).toHaveLength(2 * count);
    return { ...world, records };
  }
  const idsIn = (events: readonly PublishedEvent[]) => events.map(({ detail }) => detail.eventId);

  test('ten are put at once', async () => {
    const { publish, records } = await bounced(23);
    const { puts, failed, telemetry } = await publish(records);
    expect([puts, failed]).toEqual([[10, 10, 3], []]);
    expect(telemetry.counted('EventPublished', { Type: 'Address Suppressed' })).toBe(23);
  });

  test('the same change has the same id, however often it is told', async () => {
    const { publish, records } = await bounced(3);
    const first = idsIn((await publish(records)).events);
    expect(new Set(first).size).toBe(3);
    expect(idsIn((await publish(records)).events)).toEqual(first);
    expect(idsIn((await publish([...records].reverse())).events)).toEqual([...first].reverse());
  });

  test('what the bus did not take is put again, and nothing else', async () => {
    const { publish, records } = await bounced(10);
    const { events, puts, pauses, failed } = await publish(records, { faults: [[1, 4, 9], [2]] });
    expect(puts).toEqual([10, 3, 1]);
    expect(pauses).toEqual([100, 200]);
    expect(new Set(idsIn(events)).size).toBe(10);
    expect(failed).toEqual([]);
  });

  test('what it does not take at all is told again by the stream, from there on', async () => {
    const { publish, records } = await bounced(12);
    const { events, puts, failed, telemetry } = await publish(records, { faults: [[4, 6], [1], [0], [0]] });
    expect(puts).toEqual([10, 2, 1, 1]);
    expect(events).toHaveLength(9);
    // The seventh address: behind two records of each of the six before it.
    expect(failed).toEqual(['13']);
    expect(telemetry.counted('EventNotTaken')).toBe(1);
    const from = records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed[0]);
    const again = (await publish(records.slice(from))).events;
    expect(new Set(idsIn([...events, ...again])).size).toBe(12);
  });

  test.each<[string, object, number, string]>([
    ['a bus that cannot be reached', { faults: [[], new Error('No.')] }, 10, '21'],
    ['no time left', { remainingInMs: 5_000 }, 0, '1'],
  ])('%s: the stream tells again what was not told', async (_, given, told, from) => {
    const { publish, records } = await bounced(12);
    const { events, failed } = await publish(records, given);
    expect([events.length, failed]).toEqual([told, [from]]);
  });

  test('a record that cannot be read holds up nobody', async () => {
    const { publish, records } = await bounced(1);
    const NewImage = marshall({ addressHash: ID, scope: 'account#acme', suppressedAt: 'then' });
    const broken = { dynamodb: { SequenceNumber: '0', NewImage } };
    const { events, failed, telemetry } = await publish([broken, ...records]);
    expect([events.length, failed]).toEqual([1, []]);
    expect(telemetry.counted('StreamRecordUnreadable')).toBe(1);
  });

  test('an item that is gone says nothing', async () => {
    const { publish, records } = await bounced(1);
    const gone = records.map(({ dynamodb: { NewImage, ...others } }) => ({
      dynamodb: { ...others, OldImage: NewImage },
    }));
    expect((await publish(gone as never)).events).toEqual([]);
  });
});

describe('the schemas', () => {
  test('are one for each event, and name every reason', () => {
    expect([...EVENT_SCHEMAS.keys()].sort()).toEqual([
      'Address Suppressed',
      'Address Unbounced',
      'Global Bounce Declared',
      'Global Bounce Released',
    ]);
    expect(EVENT_SCHEMAS.get('Address Suppressed')?.properties['reason'].enum).toEqual(REASONS);
    expect(EVENT_SCHEMAS.get('Address Unbounced')?.properties['reason'].enum).toEqual([...REASONS, null]);
  });

  test('refuse what is none of theirs', () => {
    expect(eventFaults({ type: 'Address Moved', detail: {} })).not.toEqual([]);
    const detail = { schemaVersion: 1, eventId: ID, id: ID, rule: 'G1', at: toIso(NOW) };
    expect(eventFaults({ type: 'Global Bounce Declared', detail })).toEqual([]);
    for (const wrong of [{ at: NOW }, { id: ADA }, { by: 'shop' }, { rule: undefined }]) {
      expect(eventFaults({ type: 'Global Bounce Declared', detail: { ...detail, ...wrong } })).toHaveLength(
        1,
      );
    }
  });

  test('hold the largest event, ten of which are far below what one put takes', () => {
    const event = outgoingEvent(
      {
        addressHash: ID,
        version: Number.MAX_SAFE_INTEGER,
        announcement: {
          type: 'Address Suppressed',
          change: 'prolonged',
          account: 'a'.repeat(64),
          address: `${'a'.repeat(64)}@${'b'.repeat(253)}`,
          reason: 'mailbox_misconfiguration',
          rule: 'B'.repeat(64),
          policyVersion: 'p'.repeat(256),
          until: NOW,
          campaign: 'c'.repeat(256),
          status: '5.999.999',
          bouncedAt: NOW,
          at: NOW,
        },
      },
      { withAddress: true },
    );
    expect(eventFaults(event)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(event.detail))).toBeLessThan(2_048);
  });
});

describe('the bus', () => {
  const EVENT = { type: 'Global Bounce Declared', detail: { id: 'x' } } as const;

  async function busOver(answer: object) {
    const service = await openService({ status: 200, body: JSON.stringify(answer) });
    const endpoints = { dynamodb: '', events: service.endpoint, sqs: '', ses: '', cloudwatch: '', s3: '' };
    const caller = createEventBridgeCaller({
      region: 'eu-central-1',
      credentials: LOCAL_CREDENTIALS,
      endpoints,
    });
    return { service, bus: createEventBridgeBus(caller, 'mail') };
  }

  test('is asked in the words of EventBridge, and says which events it did not take', async () => {
    const { service, bus } = await busOver({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'Slow.' }],
    });
    expect(await bus.put([EVENT, EVENT])).toEqual([{ index: 1, code: 'ThrottlingException' }]);
    await service.close();
    expect(service.received).toMatchObject([
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
      },
    ]);
    const entry = {
      EventBusName: 'mail',
      Source: 'rebound',
      DetailType: 'Global Bounce Declared',
      Detail: '{"id":"x"}',
    };
    expect(JSON.parse(service.received[0]?.body ?? '')).toEqual({ Entries: [entry, entry] });
  });
});
