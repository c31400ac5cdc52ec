import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { writeState } from '../../local/state-file.ts';
import { POLICY } from '../policy/builders.ts';
import { createWorld, remove, statusOf, type World } from './reconcile-world.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NODE = path.join(ROOT, 'node_modules/node/bin/node');
const FOLDER = mkdtempSync(path.join(tmpdir(), 'rebound-reconcile-'));
const OVERRIDES = [{ reason: 'spam', unbounce: 'never' }];
const OVERRIDDEN = loadPolicy(OVERRIDES);
const TEMPLATE = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Plain: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { A: 'b' } } } },
    Judge: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { POLICY_OVERRIDES: JSON.stringify(OVERRIDES) } } },
    },
  },
  Outputs: {},
};

let world: World;
beforeAll(async () => {
  world = await createWorld(Date.now());
});
afterAll(() => {
  world?.dynamo.close();
  rmSync(FOLDER, { recursive: true });
});

/** Runs the command as the shell does. */
async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const env = {
    PATH: process.env['PATH'],
    REBOUND_STATE_DIR: path.join(FOLDER, 'nothing'),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: world.dynamo.endpoint,
    ...environment,
  };
  return await new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
    execFile(NODE, ['cli/reconcile.ts', ...args], { cwd: ROOT, env }, (error, stdout, stderr) => {
      done({ status: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

function tablesOf({ dynamo }: World, overrides = 'none'): string[] {
  const { addressBounces, unbounceQuotas } = dynamo.tables;
  const tables = `addressBounces=${addressBounces},unbounceQuotas=${unbounceQuotas}`;
  return ['--tables', tables, '--policy-overrides', overrides];
}

describe('the command', () => {
  test('says that there is no drift', async () => {
    const { status, stdout } = await run(tablesOf(world));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Compared with the facts.*\n.* 5 addresses, .*\nNo drift\.\n$/s);
  });

  test('finds drift, repairs it, and finds none', async () => {
    const damaged = await createWorld(Date.now());
    await remove(damaged, statusOf(damaged.hard));
    const runThere = (...options: string[]) =>
      run([...tablesOf(damaged), ...options], { AWS_ENDPOINT_URL_DYNAMODB: damaged.dynamo.endpoint });
    const found = await runThere('--json');
    expect(found.status).toBe(1);
    expect(JSON.parse(found.stdout)).toMatchObject({
      found: 2,
      left: 2,
      drift: { status_missing: { found: 2 } },
    });
    expect(await runThere('--fix')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Drift: 2 found, 2 repaired, 0 left.'),
    });
    expect((await runThere()).status).toBe(0);
    damaged.dynamo.close();
  });

  test.each<[string, readonly string[], string]>([
    ['a wrong option', ['--no-such'], 'Usage: npm run reconcile'],
    [
      'nothing that runs',
      [],
      'Nothing runs here: start it with npm start, or name a deployed one by --stack.',
    ],
    [
      'tables that are not there',
      ['--tables', 'addressBounces=A,unbounceQuotas=B', '--policy-overrides', 'none'],
      'Not everything could be read:',
    ],
    [
      'overrides that are not there',
      ['--tables', 'addressBounces=A,unbounceQuotas=B', '--policy-overrides', 'no-such-file'],
      'no-such-file holds no policy overrides',
    ],
  ])('ends with 2 for %s', async (_, args, words) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\bat \S+ \(/);
  });

  test('shows its help', async () => {
    expect(await run(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Exit codes:'),
    });
  });
});

describe('the rule set is that of', () => {
  async function policyVersionOf(args: readonly string[], environment: Record<string, string> = {}) {
    const { status, stdout } = await run([...args, '--json'], environment);
    expect(status).toBe(0);
    const { policyVersion, checked } = JSON.parse(stdout);
    return [policyVersion, checked.suppressions, checked.byOtherRules];
  }

  test('the file', async () => {
    const file = path.join(FOLDER, 'overrides.json');
    writeFileSync(file, JSON.stringify(OVERRIDES));
    expect(await policyVersionOf(tablesOf(world, file))).toEqual([OVERRIDDEN.version, 4, 4]);
    expect(await policyVersionOf(tablesOf(world))).toEqual([POLICY.version, 4, 0]);
  });

  test('the instance that runs here', async () => {
    const stateDir = path.join(FOLDER, 'state');
    const { addressBounces, unbounceQuotas } = world.dynamo.tables;
    const urls = {
      apiUrl: '',
      topicArn: '',
      queueUrl: '',
      deadLetterQueueUrl: '',
      sesListQueueUrl: '',
    };
    writeState(stateDir, {
      ...urls,
      endpoints: { sns: '', sqs: '', dynamodb: world.dynamo.endpoint, events: '' },
      tables: { AddressBounces: addressBounces, UnbounceQuotas: unbounceQuotas },
    });
    writeAssembly(path.join(stateDir, 'cdk.out'));
    const environment = { REBOUND_STATE_DIR: stateDir, AWS_ENDPOINT_URL_DYNAMODB: '' };
    expect(await policyVersionOf([], environment)).toEqual([OVERRIDDEN.version, 4, 4]);
  });

  test('the stack', async () => {
    const cloudFormation = createServer((request, response) => {
      let asked = '';
      request.on('data', (part) => {
        asked += part;
      });
      request.on('end', () => {
        const action = new URLSearchParams(asked).get('Action') ?? '';
        response.setHeader('content-type', 'text/xml');
        response.end(
          `<${action}Response><${action}Result>${RESULTS[action]?.(world)}</${action}Result></${action}Response>`,
        );
      });
    });
    await new Promise<void>((ready) => cloudFormation.listen(0, '127.0.0.1', ready));
    const { port } = cloudFormation.address() as AddressInfo;
    const environment = { AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${port}` };
    expect(await policyVersionOf(['--stack', 'Rebound'], environment)).toEqual([OVERRIDDEN.version, 4, 4]);
    await new Promise((closed) => cloudFormation.close(closed));
  });
});

/** As much of a cloud assembly as names the stack's template. */
function writeAssembly(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, value: unknown) =>
    writeFileSync(path.join(folder, file), JSON.stringify(value));
  write('manifest.json', {
    artifacts: {
      Rebound: { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json' } },
      'Rebound.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    },
  });
  write('template.json', TEMPLATE);
  write('assets.json', { files: {} });
}

/** What CloudFormation answers. */
const RESULTS: Readonly<Record<string, (world: World) => string>> = {
  DescribeStacks: ({ dynamo }) =>
    `<Stacks><member><StackName>Rebound</StackName><Outputs>${[
      ['AddressBouncesTableName', dynamo.tables.addressBounces],
      ['UnbounceQuotasTableName', dynamo.tables.unbounceQuotas],
      ['ApiUrl', 'https://api.example'],
    ]
      .map(
        ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      )
      .join('')}</Outputs></member></Stacks>`,
  GetTemplate: () => `<TemplateBody>${JSON.stringify(TEMPLATE).replaceAll('"', '&quot;')}</TemplateBody>`,
};
