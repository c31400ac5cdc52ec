import { planRemoval } from '../../lib/policy/ses-removal.ts';
import { HOUR_IN_MS, type Instant } from '../../lib/policy/time.ts';
import type { ListReading, PendingRemoval } from '../../lib/store/ses-list-port.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';
import { isProvenOff, knownFrom } from './confirm-removal.ts';
import { areJobsTaken, areMany, isLeftToReading, listedOf } from './left-to-reading.ts';
import { settle } from './settle-removal.ts';
import type { SyncDependencies } from './sync-dependencies.ts';
import { removalTask, requeueTask } from './tasks.ts';

const ROWS_PER_PAGE = 100;
const ADDRESSES_AT_ONCE = 16;
/** What is left of the time when it is better to go on the next time. */
const SPARE_IN_MS = 10_000;
/** Jobs take some time; a reading that comes too soon finds what they have not come to yet. */
const READ_AGAIN_AFTER_MS = HOUR_IN_MS / 2;

/** What is known of SES's lists when what waits is gone through. */
interface Scene {
  readonly readings: readonly (ListReading | null)[];
  /** Since when it is known what SES lists; null where that cannot be said. */
  readonly readFrom: Instant | null;
  /** So many wait that jobs are quicker than asking for each. */
  readonly areLeft: boolean;
}

type Fate = 'confirmed' | 'left_to_reading' | 'on_its_way' | 'lost';

interface Walk {
  readonly fates: Readonly<Record<Fate, number>>;
  readonly oldestAt: Instant;
  /** False where the time was up before. */
  readonly isWhole: boolean;
}

type Context = SyncDependencies & { readonly sentAt: Instant; readonly deadlineAt: Instant };

/**
 * Goes through what waits: settles what a reading proves, leaves to the readings what is too much for one request a second,
 * and queues again what was queued before this task: tasks are done in their order, so it was lost, or given up on. Says
 * how many wait, and for how long.
 */
export async function requeueRemovals(
  sentAt: Instant,
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  const { clock, queue, telemetry } = deps;
  const scene = await readScene(deps, deadlineAt);
  const { fates, oldestAt, isWhole } = await goThrough(scene, { ...deps, sentAt, deadlineAt });
  telemetry.count('SesRemovalQueuedAgain', {}, fates.lost);
  telemetry.measure('SesRemovalsWaiting', fates.left_to_reading + fates.on_its_way + fates.lost);
  telemetry.measure('SesOldestRemovalAge', (clock() - oldestAt) / 1_000);
  telemetry.log('info', 'ses_removals_gone_through', fates);
  if (!isWhole && fates.confirmed > 0) {
    await queue.send([requeueTask(`${sentAt}`)]);
  }
  if (fates.left_to_reading > 0 && isTimeToRead(scene, clock())) {
    await queue.send([{ task: { task: 'import' }, id: `import.${sentAt}` }]);
  }
}

async function readScene(deps: SyncDependencies, deadlineAt: Instant): Promise<Scene> {
  const readings = await allOf(deps.lists.map(({ region }) => deps.sesList.readReading(region, deadlineAt)));
  const areLeft = (await areJobsTaken(deps, deadlineAt)) && (await areMany(deps, deadlineAt));
  return { readings, readFrom: knownFrom(readings), areLeft };
}

async function goThrough(scene: Scene, context: Context): Promise<Walk> {
  const { sesList, queue, clock, sentAt, deadlineAt } = context;
  const fates = { confirmed: 0, left_to_reading: 0, on_its_way: 0, lost: 0 };
  let after: string | null = null;
  let oldestAt = clock();
  do {
    const page = await sesList.listPending({ limit: ROWS_PER_PAGE, after, deadlineAt });
    const lost: PendingRemoval[] = [];
    await eachOf(page.items, ADDRESSES_AT_ONCE, async (pending) => {
      const fate = await fateOf(pending, scene, context);
      fates[fate]++;
      if (fate !== 'confirmed') {
        oldestAt = Math.min(oldestAt, pending.requestedAt);
      }
      if (fate === 'lost') {
        await sesList.notePending({ ...pending, queuedAt: clock() }, deadlineAt);
        lost.push(pending);
      }
    });
    await queue.send(
      lost.map(({ addressHash, requestedAt }) => removalTask(addressHash, requestedAt, `.${sentAt}`)),
    );
    after = page.next;
  } while (after !== null && clock() + SPARE_IN_MS < deadlineAt);
  return { fates, oldestAt, isWhole: after === null };
}

async function fateOf(
  { addressHash, requestedAt, queuedAt }: PendingRemoval,
  { readFrom, areLeft }: Scene,
  deps: Context,
): Promise<Fate> {
  const { operator, policy, sentAt, deadlineAt } = deps;
  const otherwise = queuedAt < sentAt ? 'lost' : 'on_its_way';
  if (!areLeft && requestedAt >= (readFrom ?? 0)) {
    return otherwise;
  }
  const plan = planRemoval(await operator.readWhole(addressHash, deadlineAt), policy);
  if (plan.plan !== 'remove') {
    return otherwise;
  }
  const listed = await listedOf(addressHash, deps, deadlineAt);
  if (isProvenOff(plan, listed, readFrom)) {
    const outcome = 'confirmed_by_reading';
    await settle({ addressHash, settlement: 'confirmed', until: readFrom, outcome }, deps, deadlineAt);
    return 'confirmed';
  }
  return areLeft && isLeftToReading(plan, listed, deps) ? 'left_to_reading' : otherwise;
}

/** None is under way, and the last has given its jobs time. */
function isTimeToRead({ readings }: Scene, now: Instant): boolean {
  return readings.every((reading) => reading === null || reading.updatedAt + READ_AGAIN_AFTER_MS <= now);
}
