import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { localClient } from '../../local/aws-clients.ts';
import { type EventBus, startEventBus } from '../../local/event-bus.ts';

const ENTRY = { Source: 'rebound', DetailType: 'Address Suppressed', Detail: '{"id":"x"}' };
let folder: string;
let bus: EventBus;
let client: EventBridgeClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rebound-events-'));
  bus = await startEventBus({ file: join(folder, 'events.ndjson') });
  client = new EventBridgeClient({ ...localClient(bus.endpoint), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await bus.stop();
  rmSync(folder, { recursive: true });
});

function put(...Entries: object[]) {
  return client.send(new PutEventsCommand({ Entries }));
}

test('it writes events down as rules would see them, and shows them', async () => {
  const { FailedEntryCount, Entries = [] } = await put(ENTRY, { ...ENTRY, EventBusName: 'mail' });
  expect([FailedEntryCount, Entries.length]).toEqual([0, 2]);
  const written = readFileSync(join(folder, 'events.ndjson'), 'utf8');
  expect(await (await fetch(bus.endpoint)).text()).toBe(written);
  const [first, second] = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toEqual({
    version: '0',
    id: Entries[0]?.EventId,
    'detail-type': 'Address Suppressed',
    source: 'rebound',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'us-east-1',
    resources: [],
    detail: { id: 'x' },
  });
  expect(second).toMatchObject({ bus: 'mail' });
});

test('it takes what it can of a call, and says what it could not take', async () => {
  const { FailedEntryCount, Entries } = await put({ ...ENTRY, Detail: '{' }, ENTRY, { ...ENTRY, Source: '' });
  expect(FailedEntryCount).toBe(2);
  expect(Entries).toMatchObject([
    { ErrorCode: 'MalformedDetail' },
    { EventId: expect.any(String) },
    { ErrorCode: 'InvalidArgument' },
  ]);
});

test.each([
  ['eleven events', Array(11).fill(ENTRY)],
  ['none', []],
  ['more than 256 KB', Array(3).fill({ ...ENTRY, Detail: JSON.stringify('x'.repeat(90_000)) })],
])('it refuses %s at once', async (_, entries) => {
  await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8')).toBe('');
});
