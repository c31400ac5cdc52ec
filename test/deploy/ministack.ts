import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, isListening } from './local-port.ts';
import { endGroup } from './process-group.ts';
import { lastLines, runCommand } from './run-command.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const HOME = path.join(ROOT, '.rebound/ministack');
const INSTALLED_WITHIN_MS = 300_000;
const READY_WITHIN_MS = 60_000;

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
export async function installMiniStack(signal: AbortSignal): Promise<void> {
  const pinned = await readFile(REQUIREMENTS, 'utf8');
  const marker = path.join(HOME, 'requirements.txt');
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === pinned) return;
  await rm(HOME, { recursive: true, force: true });
  const python = { environment: environmentOfCaller(), timeoutInMs: INSTALLED_WITHIN_MS, signal };
  await runCommand({ ...python, command: 'python3', args: ['-m', 'venv', HOME] }).catch((error: Error) => {
    throw new Error(`Python 3.10 or later with venv is needed (Debian: python3-venv).\n${error.message}`);
  });
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', REQUIREMENTS];
  await runCommand({ ...python, command: path.join(HOME, 'bin/python'), args });
  await copyFile(REQUIREMENTS, marker);
}

/**
 * Starts MiniStack with IAM enforced. That needs HTTPS: the policies of the CDK's bucket and of our queues
 * refuse everything else.
 * @param signal ends it at once when aborted.
 */
export async function startMiniStack(signal: AbortSignal): Promise<MiniStack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rebound-deploy-'));
  // The functions run below this folder as CommonJS, whatever lies above it.
  await writeFile(path.join(folder, 'package.json'), '{"type":"commonjs"}');
  const port = await freePort();
  const endpoint = `https://localhost:${port}`;
  const certificateFile = path.join(folder, 'ministack-tls/server.crt');
  const logFile = path.join(folder, 'ministack.log');
  const log = await open(logFile, 'w');
  const child = spawn(path.join(HOME, 'bin/ministack'), {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
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
  });
  const endChild = () => endGroup(child);
  signal.addEventListener('abort', endChild);
  const ended = once(child, 'exit').then(([code]) => `ended with ${code}`, String);
  const lastLog = async () => lastLines(await readFile(logFile, 'utf8'));
  const stop = async () => {
    signal.removeEventListener('abort', endChild);
    await endGroup(child);
    await log.close();
    await rm(folder, { recursive: true, force: true });
  };
  const trouble = await Promise.race([untilReady(port), ended]);
  if (trouble !== null) {
    const printed = await lastLog();
    await stop();
    throw new Error(`MiniStack ${trouble}\n${printed}`);
  }
  return { endpoint, certificateFile, certificate: await readFile(certificateFile, 'utf8'), lastLog, stop };
}

/** The caller's own environment, for what talks to package registries. */
function environmentOfCaller(): Record<string, string> {
  const given = Object.entries(process.env);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function untilReady(port: number): Promise<string | null> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    if (await isListening(port)) return null;
    await delay(200);
  }
  return `was not ready within ${READY_WITHIN_MS / 1000} s`;
}
