import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { regionsIn } from '../../../cli/import-ses/open-ses-list.ts';
import { createDynamoSesListStore } from '../../../lib/store/dynamo-ses-list-store.ts';
import { type ListReading, NO_COUNTS } from '../../../lib/store/ses-list-port.ts';
import { localClient } from '../../../local/aws-clients.ts';
import { type DynamoLocal, openDynamoLocal } from '../../support/dynamo-local.ts';
import { runCommand } from '../fake-shell.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const NODE = path.join(ROOT, 'node_modules/node/bin/node');
const STATE_DIR = mkdtempSync(path.join(tmpdir(), 'rebound-import-ses-'));

let host: ChildProcess;
let sqs: SQSClient;
let dynamo: DynamoLocal;
let sqsEndpoint: string;
let queueUrl: string;

beforeAll(async () => {
  host = spawn(NODE, ['test/support/fauxqs-host.ts'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  sqsEndpoint = await new Promise<string>((resolve) =>
    host.stdout?.once('data', (line) => resolve(String(line).trim())),
  );
  sqs = new SQSClient(localClient(sqsEndpoint));
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  const created = await sqs.send(new CreateQueueCommand({ QueueName: 'tasks.fifo', Attributes }));
  queueUrl = created.QueueUrl ?? '';
});
beforeEach(async () => {
  dynamo = await openDynamoLocal();
  writeStack({ sqs: sqsEndpoint, ses: 'http://127.0.0.1:1' });
});
afterEach(() => dynamo.close());
afterAll(() => {
  sqs?.destroy();
  host?.stdin?.end();
  rmSync(STATE_DIR, { recursive: true });
});

/** What `npm start` leaves for others. */
function writeStack(endpoints: { readonly sqs: string; readonly ses?: string }, stateDir = STATE_DIR): void {
  const folder = path.join(stateDir, 'cdk.out');
  mkdirSync(folder, { recursive: true });
  const write = (file: string, value: unknown) => writeFileSync(file, JSON.stringify(value));
  write(path.join(stateDir, 'local.json'), {
    sesListQueueUrl: queueUrl,
    endpoints: { ...endpoints, dynamodb: dynamo.endpoint },
    tables: { Accounts: dynamo.tables.accounts },
  });
  write(path.join(folder, 'manifest.json'), {
    artifacts: {
      Rebound: { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json' } },
      'Rebound.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    },
  });
  write(path.join(folder, 'assets.json'), { files: {} });
  const Variables = { SES_REGIONS: { Ref: 'AWS::Region' } };
  const SyncSesList = { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } };
  write(path.join(folder, 'template.json'), { Resources: { SyncSesList }, Outputs: {} });
}

const importSes = (options: string, stateDir = STATE_DIR) =>
  runCommand(['import-ses', ...options.split(' ').filter((one) => one !== '')], {
    fetch: () => Promise.reject(new Error('No API is called.')),
    environment: { REBOUND_STATE_DIR: stateDir },
  });

/** Takes the task out of the queue, and reads as sync-ses-list would. */
async function readOnce(reading: Partial<ListReading>): Promise<string> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['MessageGroupId'],
      }),
    );
    const [message] = Messages;
    if (message === undefined) continue;
    const { ReceiptHandle } = message;
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    const store = createDynamoSesListStore(dynamo.context);
    const done = { ...READING, ...reading };
    expect(await store.saveReading(done, Date.now() + 20_000)).toBe(true);
    return `${message.Body} ${message.Attributes?.MessageGroupId}`;
  }
}

const READING: ListReading = {
  region: 'us-east-1',
  version: 0,
  startedAt: Date.parse('2026-11-23T12:00:00Z'),
  updatedAt: Date.parse('2026-11-23T12:00:05Z'),
  phase: 'done',
  pages: 4,
  position: null,
  lastDoneAt: null,
  counts: { ...NO_COUNTS, entries: 2_400, blocked: 2_390, unreadable: 1 },
};

describe('rebound import-ses', () => {
  test('queues the task and says what the reading came to', async () => {
    const [task, run] = await Promise.all([readOnce({}), importSes('')]);
    expect(task).toBe('{"task":"import"} ses');
    expect(run).toEqual({
      exitCode: 0,
      stderr: "SES's list in us-east-1, 1,000 entries a page\n",
      stdout: `us-east-1: read to its end at 2026-11-23 12:00 UTC, for the first time
        2,400  entries
        2,390  newly blocked here: SES lists them
            0  not blocked here any more: SES lists them no more
            0  taken off before and listed still: SES is asked again
            1  no addresses to Rebound, passed over
`,
    });
  });

  test('may be repeated at once, and calls what changed drift', async () => {
    await Promise.all([readOnce({}), importSes('')]);
    const startedAt = READING.startedAt + 60_000;
    const later = {
      version: 1,
      startedAt,
      lastDoneAt: READING.updatedAt,
      counts: { ...NO_COUNTS, ended: 3 },
    };
    const [, run] = await Promise.all([readOnce(later), importSes('--json')]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual([
      {
        region: 'us-east-1',
        readAt: '2026-11-23T12:00:05.000Z',
        readBeforeAt: '2026-11-23T12:00:05.000Z',
        entries: 0,
        newlyBlocked: 0,
        noLongerBlocked: 3,
        askedAgain: 0,
        unreadable: 0,
      },
    ]);
  });

  test('says what is missing where no SES is asked, and where nothing runs', async () => {
    const stateDir = path.join(STATE_DIR, 'without-ses');
    writeStack({ sqs: 'http://127.0.0.1:1' }, stateDir);
    expect(await importSes('', stateDir)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('has no SES to ask: start it with npm start -- --ses-stub'),
    });
    expect(await importSes('', '/nowhere')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Nothing runs here'),
    });
    expect(await importSes('--timeout 0')).toMatchObject({ exitCode: 2 });
  });
});

test.each<[unknown, readonly string[] | null]>([
  ['eu-central-1,us-east-1', ['eu-central-1', 'us-east-1']],
  [{ Ref: 'AWS::Region' }, ['eu-north-1']],
  [undefined, null],
])('the Regions %j of a template are %j', (SES_REGIONS, expected) => {
  const Properties = { Environment: { Variables: { SES_REGIONS } } };
  const Resources = { Topic: { Type: 'AWS::SNS::Topic' }, Fn: { Type: 'AWS::Lambda::Function', Properties } };
  expect(regionsIn({ Resources }, 'eu-north-1')).toEqual(expected);
});
