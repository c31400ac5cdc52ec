import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { localClient } from '../../local/aws-clients.ts';
import { createStack, type Queue, urlOf } from '../cli/redrive-stack.ts';

// Dead letters sent back by `rebound redrive`, which is killed outright three times and begun again.
// node test/soak/redrive.ts [MESSAGES]

const ROOT = resolve(import.meta.dirname, '../..');
const KILLED_AT = [0.2, 0.5, 0.8];
/** What a killed run has taken out is back by then. */
const HIDDEN_IN_MS = 61_000;
const messages = Number(process.argv[2] ?? 5_000);

const stateDir = mkdtempSync(join(tmpdir(), 'rebound-redrive-'));
const app = buildApp({ logger: false });
const endpoint = await app.listen({ host: '127.0.0.1', port: 0 });
const sqs = new SQSClient(localClient(endpoint));
try {
  await createStack(sqs, endpoint, stateDir);
  await fill();
  for (const part of KILLED_AT) {
    await runRedrive(Math.floor(messages * part));
    console.log(
      `-- killed with ${await depthOf('Intake')} of ${messages} sent back, begun again after a minute --`,
    );
    await sleep(HIDDEN_IN_MS);
  }
  console.log(await runRedrive(null));
  const arrived = await drain();
  const distinct = new Set(arrived);
  console.log(
    `${messages} dead letters: ${messages - distinct.size} lost, ${arrived.length - distinct.size} sent back twice, ${await depthOf('IntakeDead')} left`,
  );
  assert.deepEqual([distinct.size, await depthOf('IntakeDead')], [messages, 0]);
} finally {
  sqs.destroy();
  await app.close();
  rmSync(stateDir, { recursive: true });
}

async function fill(): Promise<void> {
  for (let from = 0; from < messages; from += 10) {
    const Entries = Array.from({ length: Math.min(10, messages - from) }, (_, at) => ({
      Id: String(at),
      MessageBody: String(from + at),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: urlOf(endpoint, 'IntakeDead'), Entries }));
  }
}

/** Runs the command, to its end or until so many have arrived; answers what it printed. */
async function runRedrive(killAt: number | null): Promise<string> {
  const args = ['cli/rebound.ts', 'redrive', '--queue', 'intake', '--apply', '--limit', '10'];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], REBOUND_STATE_DIR: stateDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  while (killAt !== null && child.exitCode === null && (await depthOf('Intake')) < killAt) await sleep(5);
  if (killAt !== null) child.kill('SIGKILL');
  const exitCode = await ended;
  if (killAt === null) assert.equal(exitCode, 0);
  return printed.trim();
}

async function depthOf(queue: Queue): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: urlOf(endpoint, queue),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** The bodies of all that arrived. */
async function drain(): Promise<string[]> {
  const QueueUrl = urlOf(endpoint, 'Intake');
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
    const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
