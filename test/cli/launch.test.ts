import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { childrenOf, type Instance, isRunning, ROOT } from '../local/instance.ts';

/** As many rows as three calls take. */
const LIST = Array.from({ length: 25_000 }, (_, at) => `person${at}@example.com\n`).join('');

let folder: string;
let server: Server;
/** How many calls are answered; the later ones wait. */
let answers: number;
let child: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rebound-launch-'));
  writeFileSync(join(folder, 'list'), LIST);
  answers = Number.POSITIVE_INFINITY;
  server = createServer(async (request, response) => {
    const { recipients } = (await json(request)) as { recipients: readonly string[] };
    if (answers === 0) return;
    answers -= 1;
    const answer = { send: recipients, notSent: [], unbounce: { refusals: [] } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function launch(...args: readonly string[]) {
  const environment = { REBOUND_API: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const started = spawn(process.execPath, [join(ROOT, 'cli/launch.js'), ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    started[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  child = started;
  return { said, ended: once(started, 'close') as Promise<[number | null, string | null]> };
}

const FILTER = ['filter', 'list', '--send', 'send', '--concurrency', '1'];

async function underWay(): Promise<void> {
  while (!existsSync(join(folder, 'send.checkpoint'))) await sleep(20);
}

test('rebound runs, and hands its exit code on', async () => {
  const help = launch('--help');
  expect(await help.ended).toEqual([0, null]);
  expect(help.said.stdout).toContain('Usage: rebound');
  expect(await launch('--nonsense').ended).toEqual([2, null]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('after %s it says how to go on, and does', async (signal, exitCode) => {
  answers = 1;
  const { ended, said } = launch(...FILTER);
  await underWay();
  child.kill(signal);
  expect(await ended).toEqual([exitCode, null]);
  expect(said.stderr).toContain('Stopped. Repeat the command with --resume to go on.\n');

  answers = 2;
  const resumed = launch(...FILTER, '--resume');
  expect(await resumed.ended).toEqual([0, null]);
  expect(resumed.said.stderr).toContain('15,000 rows in ');
  expect(resumed.said.stderr).toContain(', after 10,000 in earlier runs\n');
  expect(readFileSync(join(folder, 'send'), 'utf8')).toBe(LIST);
  expect(existsSync(join(folder, 'send.checkpoint'))).toBe(false);
});

test('killed outright it leaves no process that writes on', async () => {
  answers = 1;
  const { ended } = launch(...FILTER);
  await underWay();
  const [pid = 0] = childrenOf({ child } as Instance);
  expect(isRunning(pid)).toBe(true);
  child.kill('SIGKILL');
  await ended;
  while (isRunning(pid)) await sleep(20);
});

test('a failure on the way says how to go on', async () => {
  answers = 1;
  const { ended, said } = launch(...FILTER);
  await underWay();
  server.close();
  server.closeAllConnections();
  expect(await ended).toEqual([1, null]);
  expect(said.stderr).toMatch(/The API does not answer .*\nRepeat the command with --resume to go on\.\n$/);
});

test('a reader that leaves early ends it', async () => {
  const { ended } = launch('filter', 'list');
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await ended).toEqual([1, null]);
});
