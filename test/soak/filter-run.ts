import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, type Instance, ROOT } from '../local/instance.ts';

export interface FinishedRun {
  readonly exitCode: number | null;
  readonly peakInMb: number;
}

const SAMPLE_INTERVAL_IN_MS = 100;

/** Runs `rebound filter` and watches its memory. It is killed outright once the checkpoint has so many rows. */
export async function runFilter(
  args: readonly string[],
  {
    stateDir,
    checkpoint,
    killAtRows,
  }: {
    readonly stateDir: string;
    readonly checkpoint: string;
    readonly killAtRows: number | null;
  },
): Promise<FinishedRun> {
  const launcher = spawn(process.execPath, [join(ROOT, 'cli/launch.js'), 'filter', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, REBOUND_STATE_DIR: stateDir },
  });
  const ended = once(launcher, 'exit');
  let peakInMb = 0;
  while (launcher.exitCode === null && launcher.signalCode === null) {
    const worker = workerOf(launcher);
    peakInMb = Math.max(peakInMb, peakOf(worker));
    if (worker !== null && killAtRows !== null && rowsIn(checkpoint) >= killAtRows) {
      process.kill(worker, 'SIGKILL');
      break;
    }
    await sleep(SAMPLE_INTERVAL_IN_MS);
  }
  const [exitCode] = await ended;
  return { exitCode, peakInMb };
}

/** The process that does the work; null while there is none. */
function workerOf(child: ChildProcess): number | null {
  try {
    return childrenOf({ child } as Instance)[0] ?? null;
  } catch {
    return null;
  }
}

/** The greatest resident memory of a process so far, as Linux keeps it (proc_pid_status(5), VmHWM). */
function peakOf(pid: number | null): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

function rowsIn(checkpoint: string): number {
  try {
    return JSON.parse(readFileSync(checkpoint, 'utf8')).place.rows;
  } catch {
    return 0;
  }
}
