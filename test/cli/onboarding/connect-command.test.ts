import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../local/instance.ts';
import { runCommand } from '../fake-shell.ts';
import { type AwsStub, REGION, STACKS_SET, type StubAccount, startAwsStub, TOPIC } from './aws-stub.ts';

let account: StubAccount;
let stub: AwsStub;

beforeEach(async () => {
  account = { identities: {}, sets: { other: [] } };
  stub = await startAwsStub(account);
});

afterEach(() => stub.stop());

/** The command as a person starts it, with the SDK's own way to credentials and endpoints. */
async function rebound(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'cli/launch.js'), 'connect', ...args], {
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: stub.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...environment,
    },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...said };
}

test('it finds the stack, makes what was asked for at one request a second, and prints it as JSON', async () => {
  const { exitCode, stdout, stderr } = await rebound(['--apply', '--sets', '--json', '--region', REGION]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({
    topicArn: TOPIC,
    configurationSet: STACKS_SET,
    regions: [
      {
        region: REGION,
        account: { isInSandbox: false, maySend: true, listsFor: ['BOUNCE', 'COMPLAINT'] },
        changes: [{ change: 'add_destination', set: 'other', outcome: 'done' }],
        faults: [],
      },
    ],
  });
  const [, first, ...later] = stub.asked.map(({ at }) => at);
  expect(later).toHaveLength(4);
  expect((later.at(-1) ?? 0) - (first ?? 0)).toBeGreaterThan(3_900);
});

test('it ends with exit code 1 when something could not be read, after it has printed the rest', async () => {
  stub.fail('ListSets', 'denied');
  const { exitCode, stdout, stderr } = await rebound(['--topic', TOPIC]);
  expect([exitCode, stderr]).toEqual([1, 'Not everything could be read or changed.\n']);
  expect(stdout).toContain(`${REGION}: production, at most 50,000 mails a day, 14 a second\n`);
  expect(stdout).toContain('  - the list of configuration sets: AccessDeniedException: You are not');
});

describe('it ends with one line', () => {
  test.each([
    ['a stack that is not there', ['--stack', 'Other', '--region', REGION], 2, /^There is no stack Other in/],
    ['no Region', [], 2, /^Which Region\? Give --region or AWS_REGION\.\n$/],
  ])('for %s', async (_, args, code, words) => {
    const { exitCode, stderr } = await rebound(args);
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(code);
  });

  test('for a stack that is no Rebound', async () => {
    Object.assign(account, { outputs: { BucketName: 'x' } });
    const { exitCode, stderr } = await rebound(['--region', REGION]);
    expect(stderr).toBe(
      'The stack Rebound is no Rebound: it puts out no TopicArn. Give --stack or --topic.\n',
    );
    expect(exitCode).toBe(2);
  });

  test('for what is no topic', async () => {
    const { exitCode, stderr } = await runCommand(['connect', '--topic', 'my-topic'], { fetch });
    expect([exitCode, stderr]).toEqual([2, '--topic takes the ARN of a topic.\n']);
  });
});
