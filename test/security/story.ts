import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from '@jest/globals';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { REGION } from '../../local/references.ts';
import { bounce, complaint, delivery, failed } from '../ses/build.ts';
import { localDynamoClient } from '../support/dynamo-local.ts';
import type { Outcome, Sent, SpiedStack } from './spied-stack.ts';
import { OPERATOR, OWN, settleTenants, tell } from './tenants.ts';

const ACCOUNT = `/v1/accounts/${OWN}`;
const CROWDED = 'crowd@example.com';
/** As many as are worth a job. */
const BLOCKED = Array.from({ length: 50 }, (_, place) => `blocked-${place}@example.com`);
const MARK = { code: 'policy', rule: 'B1' };
type Image = Record<string, AttributeValue> | undefined;

/** Every address that the story is about. */
export const ADDRESSES = [
  'shared@example.com',
  'theirs@example.com',
  'dead@example.com',
  'dead2@example.com',
  'full@example.com',
  'angry@example.com',
  'listed@example.com',
  'Imported.Person@example.com',
  'wrong@example.com',
  '"quo ted"@example.com',
  'plus+tag@example.com',
];

/** A day in the life of a deployment, in which every function does all that it is for. */
export async function liveThroughADay(stack: SpiedStack): Promise<void> {
  await settleTenants(stack);
  await ask(stack, { method: 'PUT', rawPath: ACCOUNT, body: { sendingIdentities: ['other.example'] } });
  await ask(stack, { method: 'PUT', rawPath: ACCOUNT, body: { sendingIdentities: ['acme.example'] } });
  await recordAll(stack);
  await crowd(stack);
  const body = { recipients: [...ADDRESSES, 'not an address', 'new@example.com'], campaign: 'autumn' };
  for (const _ of ['first', 'again']) {
    await ask(stack, { method: 'POST', rawPath: `${ACCOUNT}/recipients/filter`, body });
  }
  await importAndCorrect(stack);
  const before = await imagesOf(stack, ['listed@example.com', 'shared@example.com']);
  await unbounceSome(stack);
  await syncWithSes(stack, before);
  await readEverything(stack);
  await operate(stack);
}

async function recordAll(stack: SpiedStack): Promise<void> {
  const days = [20, 10, 1];
  await tell(stack, [
    ...days.map((ago) =>
      told('full@example.com', ago, { bounceType: 'Transient' }, '452 4.2.2 mailbox full'),
    ),
    told('Imported.Person@example.com', 3, {}, '550 5.7.1 refused by policy'),
    told('listed@example.com', 2, { bounceSubType: 'OnAccountSuppressionList' }),
    told('wrong@example.com', 2, {}, '550 5.1.1 user unknown wrong@example.com'),
    complaint({ complainedRecipients: [{ emailAddress: 'angry@example.com' }] }, mailOf(2)),
    delivery({}, mailOf(1)),
    'not json',
    bounce({ bouncedRecipients: [failed('not an address'), failed('plus+tag@example.com')] }, mailOf(2)),
  ]);
  await tell(
    stack,
    BLOCKED.map((address) => told(address, 1, {}, '550 5.7.1 blocked using a DNS block list')),
  );
  // SES says so again, of later mail: the mark above the account changes, and the account's own item does not.
  await tell(stack, [told('listed@example.com', 1, { bounceSubType: 'OnAccountSuppressionList' })]);
}

/** An address that blocks for so many accounts that one update expression could not name them all. */
async function crowd(stack: SpiedStack): Promise<void> {
  const accounts = Array.from({ length: 250 }, (_, place) => [`a#crowd-${place}`, [MARK]]);
  const yesterday = toIso(Date.now() - DAY_IN_MS).slice(0, 10);
  const days = ['acme-rival', 'rival'].map((account) => [`d#${account}`, [yesterday]]);
  const key = { addressHash: addressHash(CROWDED), scope: 'status', v: 1 };
  await put(stack, { ...key, ...Object.fromEntries([...accounts, ...days]) });
  await tell(stack, [told(CROWDED, 1, {}, '550 5.1.1 user unknown')]);
}

async function importAndCorrect(stack: SpiedStack): Promise<void> {
  const rows = [
    { address: 'Imported.Person@example.com', reason: 'policy' },
    { address: 'new-import@example.com', diagnostic: '550 5.1.1 user unknown', bouncedAt: '2026-01-02' },
    { address: 'soft-import@example.com', reason: 'throttled', bouncedAt: '2026-01-02' },
  ];
  await ask(stack, { method: 'POST', rawPath: `${ACCOUNT}/suppressions/import`, body: { rows } });
  const window = { from: toIso(Date.now() - 5 * DAY_IN_MS), to: toIso(Date.now() - 1_000) };
  const wrong = { ...window, reason: 'unknown_user', note: 'The receiver erred about wrong@example.com.' };
  for (const apply of [false, true, true]) {
    await ask(stack, { method: 'POST', rawPath: `${ACCOUNT}/corrections`, body: { ...wrong, apply } });
  }
}

async function unbounceSome(stack: SpiedStack): Promise<void> {
  const body = { confirmedValid: true, evidence: { kind: 'mail', note: 'from shared@example.com' } };
  for (const address of [
    'shared@example.com',
    'listed@example.com',
    'dead2@example.com',
    'angry@example.com',
  ]) {
    const rawPath = `${ACCOUNT}/suppressions/${address}/unbounce`;
    const headers = { 'idempotency-key': `key ${address}` };
    await answered(stack, { method: 'POST', rawPath, headers, body }, [200, 409]);
    await answered(stack, { method: 'POST', rawPath, headers, body }, [200, 409]);
  }
}

/** The stream tells what changed, then the queue hands out what was asked to be done. */
async function syncWithSes(stack: SpiedStack, before: ReadonlyMap<string, Image>): Promise<void> {
  for (const address of ['listed@example.com', 'Elsewhere@example.com', ...BLOCKED]) {
    const entry = { address, reason: 'BOUNCE' as const, listedAt: Date.now() - DAY_IN_MS };
    stack.ses.lists.put({ region: REGION, tenant: null }, entry);
  }
  const after = await imagesOf(stack, ['listed@example.com', 'shared@example.com']);
  const Records = [...after].map(([key, NewImage], index) => ({
    eventSource: 'aws:dynamodb',
    dynamodb: { NewImage, OldImage: before.get(key), SequenceNumber: String(index) },
  }));
  await stack.invoke('SyncSesList', { Records });
  await stack.invoke('PublishEvents', { Records });
  await workOff(stack, [{ task: 'requeue' }, { task: 'import' }]);
}

/** Hands the function its tasks, and whatever it queues meanwhile, until nothing is left. */
async function workOff(stack: SpiedStack, first: readonly object[]): Promise<void> {
  const queued = (from: number) =>
    stack.calls
      .slice(from)
      .filter(({ by, service }) => by === 'SyncSesList' && service === 'sqs')
      .map(({ input }) => JSON.parse(input.MessageBody) as object);
  const waiting = [...queued(0), ...first];
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const from = stack.calls.length;
    const attributes = { SentTimestamp: String(Date.now() + 2 * DAY_IN_MS) };
    const record = { eventSource: 'aws:sqs', messageId: '1', body: JSON.stringify(task), attributes };
    const { result } = await stack.invoke('SyncSesList', { Records: [record] });
    expect(result).toEqual({ batchItemFailures: [] });
    waiting.push(...queued(from).filter((one) => !('task' in one && one.task === 'remove')));
  }
}

async function readEverything(stack: SpiedStack): Promise<void> {
  const month = toIso(Date.now()).slice(0, 7);
  const paths = [
    ACCOUNT,
    `${ACCOUNT}/suppressions?limit=2`,
    `${ACCOUNT}/suppressions?reason=policy`,
    ...ADDRESSES.map((address) => `${ACCOUNT}/suppressions/${inPath(address)}`),
    `${ACCOUNT}/suppressions/${addressHash('listed@example.com')}`,
    `${ACCOUNT}/unbounce-quota`,
    `${ACCOUNT}/stats`,
    `${ACCOUNT}/unbounces?month=${month}`,
    `${ACCOUNT}/campaigns`,
    `${ACCOUNT}/campaigns/spring`,
    `${ACCOUNT}/campaigns/spring/recipients?outcome=bounced`,
    `${ACCOUNT}/campaigns/autumn/recipients?outcome=not-sent&limit=1`,
    `${ACCOUNT}/corrections`,
    '/v1/accounts',
    '/v1/openapi.json',
  ];
  for (const path of paths) {
    const [rawPath = '', query = ''] = path.split('?');
    await ask(stack, { method: 'GET', rawPath, query });
  }
}

async function operate(stack: SpiedStack): Promise<void> {
  for (const address of ['dead@example.com', 'dead2@example.com']) {
    const rawPath = `/v1/global-bounces/${address}`;
    await ask(stack, { method: 'GET', rawPath });
    const body = { reason: `They wrote from ${address}.`, account: 'rival' };
    await ask(stack, { method: 'POST', rawPath: `${rawPath}/release`, body });
    await ask(stack, { method: 'GET', rawPath });
  }
  for (const address of ADDRESSES) {
    await ask(stack, { method: 'DELETE', rawPath: `/v1/addresses/${inPath(address)}` });
  }
}

async function ask(stack: SpiedStack, sent: Sent): Promise<Outcome> {
  return await answered(stack, sent, [200]);
}

async function answered(stack: SpiedStack, sent: Sent, statuses: readonly number[]): Promise<Outcome> {
  const reply = await stack.send(sent, OPERATOR);
  expect([sent.rawPath, reply.text, reply.faults]).toEqual([sent.rawPath, expect.any(String), []]);
  if (!statuses.includes(reply.status)) throw new Error(`${sent.method} ${sent.rawPath}: ${reply.text}`);
  return reply;
}

async function put({ paper, dynamodb }: SpiedStack, item: object): Promise<void> {
  const client = localDynamoClient(dynamodb);
  await client.send(new PutItemCommand({ TableName: addressTableOf(paper), Item: marshall(item) }));
  client.destroy();
}

/** The status item and the account's item of each address, as a stream would show them. */
async function imagesOf({ paper, dynamodb }: SpiedStack, addresses: readonly string[]) {
  const client = localDynamoClient(dynamodb);
  const TableName = addressTableOf(paper);
  const images = new Map<string, Image>();
  for (const address of addresses) {
    for (const scope of ['status', `account#${OWN}`]) {
      const Key = marshall({ addressHash: addressHash(address), scope });
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      images.set(`${address} ${scope}`, Item);
    }
  }
  client.destroy();
  return images;
}

function addressTableOf({ topology }: SpiedStack['paper']): string | undefined {
  return topology.tables.find(({ TableName }) => TableName?.includes('AddressBounces'))?.TableName;
}

function told(address: string, daysAgo: number, members: object, words = '550 5.7.1 refused by policy') {
  const status = words.slice(4, 9);
  return bounce(
    {
      feedbackId: `${address} ${daysAgo}`,
      bouncedRecipients: [failed(address, { status, diagnosticCode: `smtp; ${words}` })],
      timestamp: toIso(Date.now() - daysAgo * DAY_IN_MS + 5_000),
      ...members,
    },
    { ...mailOf(daysAgo), messageId: `message ${address} ${daysAgo}`, destination: [address] },
  );
}

function mailOf(daysAgo: number) {
  return {
    timestamp: toIso(Date.now() - daysAgo * DAY_IN_MS),
    tags: { account: [OWN], campaign: ['spring'] },
  };
}

function inPath(address: string): string {
  return /^[\w@.+-]+$/.test(address) ? address : `~${Buffer.from(address).toString('base64url')}`;
}
