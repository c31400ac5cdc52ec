import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MiniStack } from './ministack.ts';
import { runCommand } from './run-command.ts';
import { type Credentials, REGION } from './signed-call.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const APP = `${process.execPath} test/deploy/app.ts`;
const ACCOUNT = '000000000000';
const TIMEOUT_IN_MS = 240_000;

export type Outputs = Readonly<Record<string, string>>;

/** The CDK's own command line, pointed at MiniStack by nothing but its environment. */
export interface Cdk {
  bootstrap(): Promise<void>;
  /** Deploys the checkout with these context values and answers the stack's outputs. */
  deploy(context: Readonly<Record<string, string>>): Promise<Outputs>;
  remove(): Promise<void>;
}

export interface CdkOptions {
  readonly ministack: MiniStack;
  readonly administrator: Credentials;
  readonly signal: AbortSignal;
}

export async function createCdk({ ministack, administrator, signal }: CdkOptions): Promise<Cdk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rebound-cdk-'));
  const environment = {
    PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: folder,
    CI: 'true',
    AWS_ENDPOINT_URL: ministack.endpoint,
    AWS_CA_BUNDLE: ministack.certificateFile,
    NODE_EXTRA_CA_CERTS: ministack.certificateFile,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_REGION: REGION,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const run = (cwd: string, ...args: string[]) =>
    runCommand({
      command: process.execPath,
      args: [CDK, ...args],
      cwd,
      environment,
      timeoutInMs: TIMEOUT_IN_MS,
      signal,
    });
  const outputsFile = path.join(folder, 'outputs.json');
  return {
    async bootstrap() {
      await run(folder, 'bootstrap', `aws://${ACCOUNT}/${REGION}`);
    },
    async deploy(context) {
      const values = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
      const quiet = [
        '--require-approval',
        'never',
        '--progress',
        'events',
        '--output',
        path.join(folder, 'cdk.out'),
      ];
      await run(ROOT, 'deploy', '--app', APP, ...quiet, '--outputs-file', outputsFile, ...values);
      return JSON.parse(await readFile(outputsFile, 'utf8')).Rebound;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
