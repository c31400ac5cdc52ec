import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { localClient } from '../../local/aws-clients.ts';
import { bounce } from '../ses/build.ts';
import { runCommand } from './fake-shell.ts';
import {
  announceStack,
  createStack,
  isFifo,
  QUEUES,
  type Queue,
  urlOf as queueUrl,
} from './redrive-stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NODE = path.join(ROOT, 'node_modules/node/bin/node');
const STATE_DIR = mkdtempSync(path.join(tmpdir(), 'rebound-redrive-'));

let host: ChildProcess;
let sqs: SQSClient;
let endpoint: string;
const urlOf = (queue: Queue) => queueUrl(endpoint, queue);

beforeAll(async () => {
  host = spawn(NODE, ['test/support/fauxqs-host.ts'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  endpoint = await new Promise((resolve) =>
    host.stdout?.once('data', (line) => resolve(String(line).trim())),
  );
  sqs = new SQSClient(localClient(endpoint));
  await createStack(sqs, endpoint, STATE_DIR);
});
afterAll(() => {
  sqs.destroy();
  host.stdin?.end();
  rmSync(STATE_DIR, { recursive: true });
});

/** Within this process, for what ends before anything is called. */
const redriveHere = (args: readonly string[], stateDir: string) =>
  runCommand(['redrive', ...args], { fetch, environment: { REBOUND_STATE_DIR: stateDir } });

const redrive = (...args: readonly string[]) => redriveWith({}, ...args);

async function redriveWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], REBOUND_STATE_DIR: STATE_DIR, ...environment };
  return await new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
    execFile(NODE, ['cli/rebound.ts', 'redrive', ...args], { cwd: ROOT, env }, (error, stdout, stderr) => {
      done({ status: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

async function send(queue: Queue, body: unknown, more: Partial<SendMessageCommandInput> = {}): Promise<void> {
  const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
  const fifo = isFifo(queue) ? { MessageGroupId: 'ses' } : {};
  await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody, ...fifo, ...more }));
}

/** How many are there to be taken, and how many are hidden. */
async function countsOf(queue: Queue): Promise<[number, number]> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
  return [Number(ApproximateNumberOfMessages), Number(ApproximateNumberOfMessagesNotVisible)];
}

/** Takes everything out of a queue for good, in its order where it keeps one. */
async function drain(queue: Queue) {
  const found = [];
  const QueueUrl = urlOf(queue);
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['MessageGroupId'],
      }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages);
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}

/** Twelve that were no JSON, and one that SQS gave up. */
async function parkThirteen(): Promise<void> {
  for (let at = 0; at < 12; at += 1)
    await send('IntakeDead', `{"to":"ada@example.com" ${at}`, attributes('not_json'));
  await send('IntakeDead', bounce());
}

const attributes = (reason: string, more: Record<string, string> = {}) => ({
  MessageAttributes: Object.fromEntries(
    Object.entries({ reason, detail: 'The text is not JSON.', ...more }).map(([name, StringValue]) => [
      name,
      { DataType: 'String', StringValue },
    ]),
  ),
});

describe('redrive', () => {
  beforeEach(async () => {
    for (const queue of Object.keys(QUEUES) as Queue[]) await drain(queue);
  });

  test('says that nothing waits', async () => {
    expect(await redrive()).toEqual({
      status: 0,
      stdout: ['intake', 'subscription', 'ses-list', 'events']
        .map((name) => `${name}: nothing waits\n`)
        .join('\n'),
      stderr: '',
    });
  });

  test('shows what waits and why, without an address, and leaves it', async () => {
    await parkThirteen();
    const { status, stdout, stderr } = await redrive('--queue', 'intake');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^intake: 13 messages wait, the oldest for .+\nREASON +FROM +MESSAGES /);
    expect(stdout).toMatch(/^not_json +function +12 /m);
    expect(stdout).toMatch(/^bounce +SQS +1 /m);
    expect(stdout).not.toMatch(/ada@|@example/);
    expect([await countsOf('IntakeDead'), await countsOf('Intake')]).toEqual([
      [13, 0],
      [0, 0],
    ]);
  });

  test('shows the same as JSON', async () => {
    await parkThirteen();
    const { stdout } = await redrive('--json');
    expect(JSON.parse(stdout)).toMatchObject([
      {
        queue: 'intake',
        depth: 13,
        seen: 13,
        sentBack: null,
        groups: [{ reason: 'not_json', messages: 12 }, {}],
      },
      { queue: 'subscription', depth: 0, groups: [] },
      { queue: 'ses-list', depth: 0 },
      { queue: 'events', depth: 0 },
    ]);
  });

  test('sends one reason back, then the rest, without what was added on the way', async () => {
    await parkThirteen();
    const one = await redrive('--queue', 'intake', '--reason', 'bounce', '--apply');
    expect(one).toMatchObject({ status: 0, stderr: '' });
    expect(one.stdout).toMatch(/^intake: 1 message sent back, 12 messages wait, the oldest for/);
    await send('IntakeDead', 'more', attributes('not_json', { kept: 'yes' }));
    expect((await redrive('--queue', 'intake', '--apply')).stdout).toBe(
      'intake: 13 messages sent back, nothing waits\n',
    );
    const arrived = await drain('Intake');
    expect(arrived).toHaveLength(14);
    expect(
      arrived
        .map(({ MessageAttributes }) => Object.keys(MessageAttributes ?? {}))
        .filter((names) => names.length > 0),
    ).toEqual([['kept']]);
  });

  test("sends back to the intake's queue what the topic could not hand to it", async () => {
    await send('SubscriptionDead', bounce(), attributes('x', { ErrorCode: 'AccessDenied' }));
    expect((await redrive('--queue', 'subscription', '--apply')).stdout).toContain('1 message sent back');
    expect(await drain('Intake')).toHaveLength(1);
  });

  test('keeps order and group of tasks, and sends one back that was queued a moment ago', async () => {
    const tasks = Array.from({ length: 14 }, (_, at) => ({ task: 'remove', addressHash: `h${at}` }));
    for (const task of tasks) await send('SesListDead', task);
    expect((await redrive('--queue', 'ses-list')).stdout).toMatch(/^remove +SQS +\d+/m);
    expect((await redrive('--queue', 'ses-list', '--apply')).stdout).toContain(
      '14 messages sent back, nothing waits',
    );
    const arrived = await drain('SesList');
    expect(
      arrived.map(({ Body = '', Attributes }) => [JSON.parse(Body), Attributes?.MessageGroupId]),
    ).toEqual(tasks.map((task) => [task, 'ses']));
  });

  test('finds the queues of a deployed stack by what it puts out', async () => {
    const outputs = (Object.entries(QUEUES) as [Queue, string][]).map(
      ([queue, output]) =>
        `<member><OutputKey>${output}</OutputKey><OutputValue>${urlOf(queue)}</OutputValue></member>`,
    );
    const stack = `<Stacks><member><StackName>Mail</StackName><Outputs>${outputs.join('')}</Outputs></member></Stacks>`;
    const cloudFormation = createServer((_, response) => {
      response.setHeader('content-type', 'text/xml');
      response.end(
        `<DescribeStacksResponse><DescribeStacksResult>${stack}</DescribeStacksResult></DescribeStacksResponse>`,
      );
    });
    await new Promise<void>((ready) => cloudFormation.listen(0, '127.0.0.1', ready));
    const { port } = cloudFormation.address() as AddressInfo;
    await send('IntakeDead', bounce());
    const { status, stdout } = await redriveWith(
      {
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${port}`,
        AWS_ENDPOINT_URL_SQS: endpoint,
      },
      '--stack',
      'Mail',
      '--region',
      'us-east-1',
      '--queue',
      'intake',
      '--apply',
    );
    await new Promise((closed) => cloudFormation.close(closed));
    expect([status, stdout]).toEqual([0, 'intake: 1 message sent back, nothing waits\n']);
    expect(await drain('Intake')).toHaveLength(1);
  });

  test.each([
    ['nothing named to send back', ['--apply'], 'Say which messages to send back: --apply needs --queue.'],
    ['events to send back', ['--queue', 'events', '--apply'], 'came from no queue'],
    [
      'a queue that is none',
      ['--queue', 'outbox'],
      'Allowed choices are intake, subscription, ses-list, events',
    ],
    ['a limit that is none', ['--limit', '0'], 'It is a number from 1 to 10000'],
  ])('ends with 2 for %s', async (_, args, words) => {
    const { exitCode, stdout, stderr } = await redriveHere(args, STATE_DIR);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  test('ends with 2 where nothing runs', async () => {
    expect(await redriveHere([], path.join(STATE_DIR, 'nothing'))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'Nothing runs here: start it with npm start, or name a deployed stack with --stack.\n',
    });
  });

  test('says what AWS says of a stack that is not there, in one line', async () => {
    const cloudFormation = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Code>ValidationError</Code><Message>No stack Gone</Message></Error></ErrorResponse>',
      );
    });
    await new Promise<void>((ready) => cloudFormation.listen(0, '127.0.0.1', ready));
    const { port } = cloudFormation.address() as AddressInfo;
    const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' };
    const found = await redriveWith(
      { ...keys, AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${port}` },
      '--stack',
      'Gone',
    );
    await new Promise((closed) => cloudFormation.close(closed));
    expect(found).toEqual({ status: 1, stdout: '', stderr: 'AWS answered ValidationError: No stack Gone\n' });
  });

  test('says in one line that nothing answers', async () => {
    const nobody = createServer();
    await new Promise<void>((ready) => nobody.listen(0, '127.0.0.1', ready));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((closed) => nobody.close(closed));
    const stateDir = mkdtempSync(path.join(tmpdir(), 'rebound-redrive-'));
    announceStack(`http://127.0.0.1:${port}`, stateDir);
    const { status, stderr } = await redriveWith({ REBOUND_STATE_DIR: stateDir });
    rmSync(stateDir, { recursive: true });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
