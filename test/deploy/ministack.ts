import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, isListening } from './local-port.ts';
import { lastLines, runCommand } from './run-command.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const HOME = path.join(ROOT, '.rebound/ministack');
const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 5_000;
const INSTALLED_WITHIN_MS = 300_000;

/** A running MiniStack: AWS services on 127.0.0.1 whose state ends with the process. */
export interface MiniStack {
  readonly endpoint: string;
  /** The certificate that its HTTPS answers with, to be trusted. */
  readonly certificateFile: string;
  readonly certificate: string;
  /** The last lines that it and the functions in it printed. */
  lastLog(): Promise<string>;
  stop(): Promise<void>;
}

/** Installs MiniStack as pinned into a Python environment of its own, unless that has been done. */
export async function installMiniStack(): Promise<void> {
  const pinned = await readFile(REQUIREMENTS, 'utf8');
  const marker = path.join(HOME, 'requirements.txt');
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === pinned) return;
  await rm(HOME, { recursive: true, force: true });
  const environment = environmentOfCaller();
  const install = { environment, timeoutInMs: INSTALLED_WITHIN_MS };
  await runCommand({ ...install, command: 'python3', args: ['-m', 'venv', HOME] }).catch((error: Error) => {
    throw new Error(
      `Python 3.10 or later with venv is needed (apt-get install python3-venv).\n${error.message}`,
    );
  });
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', REQUIREMENTS];
  await runCommand({ ...install, command: path.join(HOME, 'bin/python'), args });
  await runCommand({ ...install, command: 'cp', args: [REQUIREMENTS, marker] });
}

/**
 * Starts MiniStack with IAM enforced. That needs HTTPS: the policies of the CDK's bucket and of our queues
 * refuse everything else.
 */
export async function startMiniStack(): Promise<MiniStack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rebound-deploy-'));
  const port = await freePort();
  const endpoint = `https://localhost:${port}`;
  const certificateFile = path.join(folder, 'ministack-tls/server.crt');
  const logFile = path.join(folder, 'ministack.log');
  const log = await open(logFile, 'w');
  const child = spawn(path.join(HOME, 'bin/ministack'), {
    cwd: folder,
    // Of its own group, so that the functions it runs end with it.
    detached: true,
    env: {
      // The functions run on the Node that MiniStack finds first.
      PATH: `${path.join(ROOT, 'node_modules/node/bin')}:${process.env['PATH']}`,
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      AWS_ENDPOINT_URL: endpoint,
      AUTH: 'true',
      USE_SSL: '1',
      // The functions inherit this environment, and so trust the certificate that MiniStack makes itself.
      NODE_EXTRA_CA_CERTS: certificateFile,
    },
    stdio: ['ignore', log.fd, log.fd],
  });
  const lastLog = async () => lastLines(await readFile(logFile, 'utf8'));
  const stop = () => stopGroup(child).finally(() => rm(folder, { recursive: true, force: true }));
  try {
    await untilReady(port, child);
  } catch (error) {
    const printed = await lastLog();
    await stop();
    throw new Error(`${(error as Error).message}\n${printed}`);
  } finally {
    await log.close();
  }
  return { endpoint, certificateFile, certificate: await readFile(certificateFile, 'utf8'), lastLog, stop };
}

/** The caller's own environment, for what talks to package registries. */
export function environmentOfCaller(): Record<string, string> {
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(given);
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  const ended = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`MiniStack ended with ${code}`)),
  );
  await Promise.race([answering(port), failed, ended]);
}

async function answering(port: number): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    if (await isListening(port)) return;
    await delay(200);
  }
  throw new Error(`MiniStack was not ready within ${READY_WITHIN_MS / 1000} s`);
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended =
    child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  signal(child.pid, 'SIGTERM');
  await Promise.race([ended, delay(STOPPED_WITHIN_MS, undefined, { ref: false })]);
  signal(child.pid, 'SIGKILL');
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // Nobody of the group is left.
  }
}
