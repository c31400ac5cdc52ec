import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalState } from '../../local/state-file.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
const MOST_START_IN_MS = 100_000;

/** `npm start` as a process of its own, on any port, with a state directory of its own. */
export interface Instance {
  readonly child: ChildProcess;
  readonly stateDir: string;
  readonly exitCode: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  /** Waits until it is ready. Throws with what it printed when it ends before. */
  ready(): Promise<LocalState>;
  /** Ends it, whatever state it is in. */
  clear(): Promise<void>;
}

export function startInstance(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Instance {
  const stateDir = mkdtempSync(join(tmpdir(), 'rebound-local-'));
  const child = spawn(process.execPath, ['local/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, DYNAMODB_ENDPOINT: '', PORT: '0', REBOUND_STATE_DIR: stateDir, ...environment },
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text;
  });
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  const stateFile = join(stateDir, 'local.json');
  return {
    child,
    stateDir,
    exitCode,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    async ready() {
      const deadline = Date.now() + MOST_START_IN_MS;
      while (!texts.stdout.includes('Ready after')) {
        if (child.exitCode !== null || Date.now() > deadline) {
          throw new Error(`It did not become ready:\n${texts.stdout}${texts.stderr}`);
        }
        await sleep(50);
      }
      return JSON.parse(readFileSync(stateFile, 'utf8')) as LocalState;
    },
    async clear() {
      child.kill('SIGTERM');
      await exitCode;
      rmSync(stateDir, { recursive: true });
    },
  };
}

/** Whether the instance says that it is reachable. */
export function isAnnounced({ stateDir }: Instance): boolean {
  return existsSync(join(stateDir, 'local.json'));
}

/** Ids of the processes that the instance started and that run now. */
export function childrenOf({ child }: Instance): number[] {
  return execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
