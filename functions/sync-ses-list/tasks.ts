import type { Instant } from '../../lib/policy/time.ts';

/** One thing to do with SES's account list. All of them wait in one line, so that SES is asked one at a time. */
export type Task =
  /** Take an address off the list, if that is still asked for. */
  | { readonly task: 'remove'; readonly addressHash: string }
  /** Settle what a reading proves, and put into the queue again what still waits. */
  | { readonly task: 'requeue' }
  /** Begin to read the list of every Region, or go on where a reading stopped. */
  | { readonly task: 'import' }
  /** Do one page of a reading. */
  | { readonly task: 'read'; readonly region: string; readonly startedAt: Instant; readonly page: number };

export interface QueuedTask {
  readonly task: Task;
  /** Of tasks with the same id within five minutes only the first is queued. */
  readonly id: string;
}

/** The line in which tasks wait. */
export interface TaskQueue {
  /** Throws when one of them could not be queued. */
  send(tasks: readonly QueuedTask[]): Promise<void>;
}

/** @param again tells a later telling of the same request from an earlier one. */
export function removalTask(addressHash: string, requestedAt: Instant, again = ''): QueuedTask {
  return { task: { task: 'remove', addressHash }, id: `${addressHash}.${requestedAt}${again}` };
}

/** @param behind what it is queued behind, once. */
export function requeueTask(behind: string): QueuedTask {
  return { task: { task: 'requeue' }, id: `requeue.${behind}` };
}

/** Null for what is no task. */
export function readTask(body: string): Task | null {
  const given = parse(body);
  switch (given?.['task']) {
    case 'remove': {
      const { addressHash } = given;
      return typeof addressHash === 'string' ? { task: 'remove', addressHash } : null;
    }
    case 'requeue':
      return { task: 'requeue' };
    case 'import':
      return { task: 'import' };
    case 'read': {
      const { region, startedAt, page } = given;
      const isRead =
        typeof region === 'string' && Number.isSafeInteger(startedAt) && Number.isSafeInteger(page);
      return isRead ? { task: 'read', region, startedAt: Number(startedAt), page: Number(page) } : null;
    }
    default:
      return null;
  }
}

function parse(body: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>> | null;
  } catch {
    return null;
  }
}
