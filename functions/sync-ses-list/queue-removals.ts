import { openRemoval } from '../../lib/policy/ses-removal.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { readStatusChange, type StatusChange, type StreamRecord } from '../../lib/store/status-change.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { eachOf } from '../../lib/work-pool.ts';
import type { SyncDependencies } from './sync-dependencies.ts';
import { removalTask } from './tasks.ts';

const NOTES_AT_ONCE = 16;

/** Queues what began to wait for SES. Throws when that fails: the stream then tells the same again. */
export async function queueRemovals(
  records: readonly StreamRecord[],
  { sesList, queue, clock, telemetry }: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  const queuedAt = clock();
  const waiting = records.flatMap((record) => waitingIn(record, telemetry));
  // What stays in the queue or gets lost there is found again by these notes.
  await eachOf(waiting, NOTES_AT_ONCE, async (pending) => {
    await sesList.notePending({ ...pending, queuedAt }, deadlineAt);
  });
  await queue.send(waiting.map(({ addressHash, requestedAt }) => removalTask(addressHash, requestedAt)));
  telemetry.count('SesRemovalQueued', {}, waiting.length);
}

function waitingIn(record: StreamRecord, telemetry: Telemetry) {
  const change = readChange(record, telemetry);
  const requestedAt = change && openRemoval(change.after.ses);
  if (change === null || requestedAt === null || requestedAt === openRemoval(change.before.ses)) {
    return [];
  }
  if (change.after.ses.sesAccountList?.removal?.state === 'confirmed') {
    telemetry.count('SesListDrift', { Direction: 'still_listed' });
  }
  return [{ addressHash: change.addressHash, requestedAt }];
}

/** An item that cannot be read must not hold up the stream; `npm run reconcile` names it. */
function readChange(record: StreamRecord, telemetry: Telemetry): StatusChange | null {
  try {
    return readStatusChange(record);
  } catch (error) {
    telemetry.count('StreamRecordUnreadable');
    telemetry.log('error', 'stream_record_unreadable', { error: String(error) });
    return null;
  }
}
