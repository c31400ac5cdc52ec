import type { Instant } from '../../lib/policy/time.ts';
import type { SyncDependencies } from './sync-dependencies.ts';
import { removalTask } from './tasks.ts';

const ROWS_PER_PAGE = 100;
/** What is left of the time when it is better to go on the next time. */
const SPARE_IN_MS = 10_000;

/**
 * Queues again what still waits although it was queued before this task: tasks are done in their order, so it was lost, or
 * given up on. Says how many wait, and for how long.
 */
export async function requeueRemovals(
  sentAt: Instant,
  { sesList, queue, clock, telemetry }: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  let after: string | null = null;
  let waiting = 0;
  let oldestAt = clock();
  do {
    const page = await sesList.listPending({ limit: ROWS_PER_PAGE, after, deadlineAt });
    const lost = page.items.filter(({ queuedAt }) => queuedAt < sentAt);
    for (const pending of lost) {
      await sesList.notePending({ ...pending, queuedAt: clock() }, deadlineAt);
    }
    await queue.send(
      lost.map(({ addressHash, requestedAt }) => removalTask(addressHash, requestedAt, `.${sentAt}`)),
    );
    telemetry.count('SesRemovalQueuedAgain', {}, lost.length);
    waiting += page.items.length;
    oldestAt = Math.min(oldestAt, ...page.items.map(({ requestedAt }) => requestedAt));
    after = page.next;
  } while (after !== null && clock() + SPARE_IN_MS < deadlineAt);
  telemetry.measure('SesRemovalsWaiting', waiting);
  telemetry.measure('SesOldestRemovalAge', (clock() - oldestAt) / 1_000);
}
