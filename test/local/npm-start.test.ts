import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localClient } from '../../local/aws-clients.ts';
import type { LocalState } from '../../local/state-file.ts';
import { childrenOf, type Instance, isAnnounced, isRunning, ROOT, startInstance } from './instance.ts';

const run = promisify(execFile);

describe('npm start', () => {
  let instance: Instance;
  let state: LocalState;

  beforeAll(async () => {
    instance = startInstance();
    state = await instance.ready();
  });

  afterAll(() => instance.clear());

  const curlLines = () =>
    instance
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('curl'));

  /** Runs a printed line in a shell, as the person does who pastes it. */
  async function paste(line: string | undefined): Promise<unknown> {
    const { stdout } = await run('sh', ['-c', line ?? '']);
    return JSON.parse(stdout);
  }

  const notify = (...args: string[]) => notifyTo(instance, ...args);

  test('says where everything is', () => {
    expect(state).toEqual({
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      topicArn: expect.stringMatching(/^arn:aws:sns:us-east-1:000000000000:/),
      queueUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\//),
      deadLetterQueueUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\//),
      sesListQueueUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/.*\.fifo$/),
      endpoints: {
        sns: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        sqs: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        dynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        events: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      },
      tables: {
        AddressBounces: expect.any(String),
        CampaignRecipients: expect.any(String),
        UnbounceQuotas: expect.any(String),
        Accounts: expect.any(String),
      },
    });
    expect(instance.stdout()).toContain(state.apiUrl);
    expect(instance.stdout()).toContain(`The console: ${state.apiUrl}/console/\n`);
  });

  test('tells the console that nobody signs in here, and has something to show in it', async () => {
    const config = await fetch(`${state.apiUrl}/console/config.json`);
    expect(await config.json()).toEqual({ apiUrl: '/', auth: null, accounts: ['default'] });
    const stats = await fetch(`${state.apiUrl}/v1/accounts/default/stats?days=2`);
    const { byReason, bounceRate } = (await stats.json()) as StatsAnswer;
    expect(byReason.map(({ reason, bounces }) => [reason, bounces])).toEqual([
      ['unknown_user', 2],
      ['mailbox_inactive', 1],
      ['mailbox_full', 1],
      ['policy', 1],
      ['complaint', 1],
    ]);
    expect(bounceRate).toBeNull();
  });

  test('tells what each example did', () => {
    const rows = instance
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .map((cell) => cell.replace(/\(rule \w+\)/, '(rule)')),
      );
    expect(rows).toEqual([
      ['01-dead-mailbox.json', 'nora.lind@example.net', 'suppressed: unknown_user (rule)'],
      ['02-full-mailbox.json', 'tom.berg@example.org', 'strike 1, still sent to'],
      ['03-policy-block.json', 'mia.falk@bank.example', 'suppressed: policy (rule)'],
      ['04-out-of-office.json', 'ivo.rask@example.net', 'no bounce, still sent to'],
      ['05-complaint.json', 'eva.holm@mail.example', 'suppressed: complaint (rule)'],
      ['06-two-recipients.json', 'jon.dahl@example.org', 'suppressed: unknown_user (rule)'],
      ['lea.strand@post.test', 'suppressed: mailbox_inactive (rule)'],
      ['07-duplicate.json', 'nora.lind@example.net', 'known already, nothing changed'],
      ['08-malformed.json', '-', 'dead-letter queue: no_recipients'],
    ]);
  });

  test('prints a call that filters, one that looks, and one that unbounces', async () => {
    const [filter, look, unbounce] = curlLines();
    expect(await paste(filter)).toMatchObject({
      send: ['tom.berg@example.org', 'ada@example.com'],
      notSent: [
        { recipient: 'nora.lind@example.net', code: 'hard_bounce', rule: 'P2', layer: 'own' },
        { recipient: 'mia.falk@bank.example', code: 'hard_bounce', rule: 'P2', layer: 'own' },
      ],
    });
    expect(await paste(look)).toMatchObject({
      address: 'mia.falk@bank.example',
      suppressed: true,
      reason: 'policy',
      unbounce: { allowed: true, refusals: [] },
    });
    expect(await paste(unbounce)).toMatchObject({
      address: 'mia.falk@bank.example',
      evidence: { kind: 'replied', note: 'Mia wrote to us from this address' },
      quota: { limit: 24, used: 1, remaining: 23 },
    });
    expect(await paste(filter)).toMatchObject({
      send: ['mia.falk@bank.example', 'tom.berg@example.org', 'ada@example.com'],
    });
    expect(await untilEvents(1, 'Address Unbounced')).toMatchObject([{ detail: { reason: 'policy' } }]);
  });

  test('writes down the events that it publishes, and names nobody in them', async () => {
    const ofTheExamples = [
      ['Address Suppressed', 'unknown_user'],
      ['Address Suppressed', 'policy'],
      ['Address Suppressed', 'complaint'],
      ['Address Suppressed', 'unknown_user'],
      ['Address Suppressed', 'mailbox_inactive'],
    ].sort();
    const events = await untilEvents(ofTheExamples.length);
    const told = events.map((event) => [event['detail-type'], event.detail.reason]);
    expect(told.slice(0, ofTheExamples.length).sort()).toEqual(ofTheExamples);
    const written = readFileSync(join(instance.stateDir, 'events.ndjson'), 'utf8');
    expect(written.split('\n').length).toBeGreaterThan(ofTheExamples.length);
    expect(written).not.toContain('@');
  });

  test('takes what notify publishes', async () => {
    const file = join(instance.stateDir, 'bounce.jsonl');
    writeFileSync(file, `${bounceOf('kim.ross@example.org')}\n${bounceOf('per.lund@example.org')}\n`);
    expect(await notify(file)).toEqual({ exitCode: 0, text: `${file}: published 2 messages\n` });
    await expect(becomesSuppressed('kim.ross@example.org')).resolves.toBe(true);
    await expect(becomesSuppressed('per.lund@example.org')).resolves.toBe(true);
  });

  test('takes whatever notify publishes raw', async () => {
    const file = join(instance.stateDir, 'text.txt');
    writeFileSync(file, 'no JSON at all');
    expect(await notify(file)).toMatchObject({ exitCode: 1, text: expect.stringContaining(file) });
    expect(await notify('--raw', file)).toMatchObject({ exitCode: 0 });
  });

  test('publishes nothing when one of the files is bad', async () => {
    const good = join(instance.stateDir, 'good.json');
    const bad = join(instance.stateDir, 'bad.json');
    const later = join(instance.stateDir, 'later.json');
    writeFileSync(good, bounceOf('liv.dahl@example.org'));
    writeFileSync(bad, '{');
    writeFileSync(later, bounceOf('ada.lind@example.org'));
    expect(await notify(good, bad)).toMatchObject({ exitCode: 1 });
    expect(await notify(later)).toMatchObject({ exitCode: 0 });
    await expect(becomesSuppressed('ada.lind@example.org')).resolves.toBe(true);
    expect(await lookAt(state, 'liv.dahl@example.org')).toMatchObject({ suppressed: false });
  });

  test('gives its DynamoDB Local to a second one, which needs no Java and leaves no table', async () => {
    const second = startInstance(['--empty'], { DYNAMODB_ENDPOINT: state.endpoints.dynamodb, PATH: '' });
    try {
      const itsState = await second.ready();
      expect(itsState.endpoints.dynamodb).toBe(state.endpoints.dynamodb);
      expect(await lookAt(itsState, 'nora.lind@example.net')).toMatchObject({ suppressed: false });
      expect(second.stdout()).not.toContain('curl');
      second.child.kill('SIGTERM');
      expect(await second.exitCode).toBe(0);
    } finally {
      await second.clear();
    }
    expect(await countTables(state.endpoints.dynamodb)).toBe(4);
  });

  /** What the stand-in of EventBridge shows of these events, once there are so many. */
  async function untilEvents(count: number, type?: string): Promise<readonly ToldEvent[]> {
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      const lines = (await (await fetch(state.endpoints.events)).text()).split('\n').filter(Boolean);
      const events = lines.map((line) => JSON.parse(line) as ToldEvent);
      const asked = events.filter((event) => type === undefined || event['detail-type'] === type);
      if (asked.length >= count) return asked;
      await sleep(50);
    }
    throw new Error(`There were not ${count} events in time.`);
  }

  async function becomesSuppressed(address: string): Promise<boolean> {
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      if ((await lookAt(state, address)).suppressed) return true;
      await sleep(50);
    }
    return false;
  }
});

test('npm start leaves no process behind at Ctrl-C, and then notify says that nothing runs', async () => {
  const instance = startInstance(['--empty']);
  try {
    await instance.ready();
    const children = childrenOf(instance);
    expect(children.length).toBeGreaterThan(0);
    // A terminal signals DynamoDB Local as well.
    for (const pid of [...children, instance.child.pid ?? 0]) process.kill(pid, 'SIGINT');
    expect(await instance.exitCode).toBe(0);
    expect(instance.stderr()).toBe('');
    expect(children.filter(isRunning)).toEqual([]);
    expect(isAnnounced(instance)).toBe(false);
    expect(await notifyTo(instance, 'examples/notifications/01-dead-mailbox.json')).toEqual({
      exitCode: 1,
      text: 'Nothing runs here: start it with npm start, or give --topic-arn.\n',
    });
  } finally {
    await instance.clear();
  }
});

describe('npm start ends with one line and exit code 1', () => {
  test('when there is no Java', async () => {
    await expectRefusal(
      { PATH: '' },
      'DynamoDB Local needs Java 17 or later, and none was found. Install one (https://adoptium.net), or set DYNAMODB_ENDPOINT to a DynamoDB Local that runs elsewhere.\n',
    );
  });

  test('when Java is too old', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rebound-java-'));
    const java = `#!/bin/sh\necho 'openjdk version "11.0.2" 2019-01-15' >&2\n`;
    writeFileSync(join(directory, 'java'), java, { mode: 0o755 });
    await expectRefusal(
      { PATH: directory },
      'DynamoDB Local needs Java 17 or later, not Java 11. Install one (https://adoptium.net), or set DYNAMODB_ENDPOINT to a DynamoDB Local that runs elsewhere.\n',
    );
    rmSync(directory, { recursive: true });
  });

  test('when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expectRefusal(
      { PORT: String(port) },
      `Port ${port} is in use. Choose another, PORT=${port + 1} npm start; PORT=0 takes any.\n`,
    );
    server.close();
  });

  test('when DynamoDB Local ends', async () => {
    const instance = startInstance(['--empty'], { JDK_JAVA_OPTIONS: '-XX:+UseSerialGC' });
    try {
      await instance.ready();
      const [java = 0] = childrenOf(instance);
      process.kill(java, 'SIGKILL');
      expect(await instance.exitCode).toBe(1);
      expect(instance.stderr()).toBe('DynamoDB Local ended unexpectedly (SIGKILL)\n');
      expect(isAnnounced(instance)).toBe(false);
    } finally {
      await instance.clear();
    }
  });

  async function expectRefusal(environment: Record<string, string>, text: string): Promise<void> {
    const instance = startInstance([], environment);
    try {
      expect(await instance.exitCode).toBe(1);
      expect(instance.stderr()).toBe(text);
      expect(isAnnounced(instance)).toBe(false);
    } finally {
      await instance.clear();
    }
  }
});

test('npm start ends with exit code 2 when it is asked for what it does not know', async () => {
  const instance = startInstance(['--fast']);
  expect(await instance.exitCode).toBe(2);
  expect(instance.stderr()).toBe('Unknown option --fast. See npm start -- --help\n');
  await instance.clear();
});

test('npm start ends when npm is ended from outside, which tells nobody', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'rebound-local-'));
  const npm = spawn('sh', ['-c', `"${process.execPath}" local/main.ts --empty & echo $!; wait`], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', REBOUND_STATE_DIR: stateDir, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  npm.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  while (!output.includes('Synthesizing')) await sleep(50);
  const pid = Number(output.split('\n')[0]);
  expect(isRunning(pid)).toBe(true);
  npm.kill('SIGKILL');
  for (let attempt = 0; attempt < 2_000 && isRunning(pid); attempt += 1) await sleep(50);
  expect(isRunning(pid)).toBe(false);
  rmSync(stateDir, { recursive: true });
});

interface ToldEvent {
  readonly 'detail-type': string;
  readonly detail: { readonly reason: string };
}

interface StatsAnswer {
  readonly byReason: readonly { readonly reason: string; readonly bounces: number }[];
  readonly bounceRate: unknown;
}

async function notifyTo(instance: Instance, ...args: string[]) {
  const env = { ...process.env, REBOUND_STATE_DIR: instance.stateDir };
  try {
    const { stdout } = await run(process.execPath, ['cli/notify.ts', ...args], { cwd: ROOT, env });
    return { exitCode: 0, text: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { exitCode: code, text: stderr };
  }
}

async function lookAt({ apiUrl }: LocalState, address: string): Promise<{ suppressed: boolean }> {
  const response = await fetch(`${apiUrl}/v1/accounts/default/suppressions/${address}`);
  return (await response.json()) as { suppressed: boolean };
}

async function countTables(endpoint: string): Promise<number> {
  const dynamodb = new DynamoDBClient(localClient(endpoint));
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  return TableNames.length;
}

/** A bounce of the kind that stays: the mailbox does not exist. */
function bounceOf(address: string): string {
  return JSON.stringify({
    notificationType: 'Bounce',
    bounce: {
      feedbackId: `feedback-${address}`,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: address, action: 'failed', status: '5.1.1' }],
      timestamp: '2026-03-02T09:00:04.000Z',
    },
    mail: { timestamp: '2026-03-02T09:00:02.000Z', messageId: 'message-1', source: 'news@example.com' },
  });
}
