import type { Instant } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { StalePositionError, type SuppressionList } from '../../lib/ses/suppression-list.ts';
import { type ListReading, NO_COUNTS } from '../../lib/store/ses-list-port.ts';
import { applyPage } from './apply-page.ts';
import { sweepPage } from './sweep-page.ts';
import type { SyncDependencies } from './sync-dependencies.ts';
import { type QueuedTask, requeueTask, type Task } from './tasks.ts';

/** Begins to read SES's list in every Region; a reading that stopped goes on where it was. */
export async function startReadings(deps: SyncDependencies, deadlineAt: Instant): Promise<void> {
  for (const { region } of deps.lists) {
    const last = await deps.sesList.readReading(region, deadlineAt);
    const isUnderWay = last !== null && last.phase !== 'done';
    const reading = isUnderWay ? last : aReading(region, last, deps.clock());
    if (!isUnderWay) {
      await save(reading, deps, deadlineAt);
    }
    await deps.queue.send([nextTask(reading, `.${deps.clock()}`)]);
  }
}

/**
 * Does the next page of a reading. One that was done before is not done again; the reading goes on behind it. At its end it is
 * looked at what the reading proves.
 */
export async function continueReading(
  task: Extract<Task, { task: 'read' }>,
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  const list = deps.lists.find(({ region }) => region === task.region);
  const stored = await deps.sesList.readReading(task.region, deadlineAt);
  if (list === undefined || stored === null || stored.startedAt !== task.startedAt) {
    return;
  }
  const isDone = stored.phase === 'done' || stored.pages > task.page;
  const reading = isDone ? stored : await doPage(stored, list, { deps, deadlineAt });
  if (!isDone) {
    await save(reading, deps, deadlineAt);
    report(reading, stored, deps);
  }
  await deps.queue.send([reading.phase === 'done' ? requeueTask(behind(reading)) : nextTask(reading)]);
}

async function doPage(
  reading: ListReading,
  list: SuppressionList,
  { deps, deadlineAt }: { readonly deps: SyncDependencies; readonly deadlineAt: Instant },
): Promise<ListReading> {
  const done = { ...reading, pages: reading.pages + 1, updatedAt: deps.clock() };
  if (reading.phase === 'sweep') {
    const { next, ended } = await sweepPage(reading, deps, deadlineAt);
    const counts = { ...reading.counts, ended: reading.counts.ended + ended };
    return { ...done, counts, position: next, phase: next === null ? 'done' : 'sweep' };
  }
  try {
    const page = await list.readPage(reading.position, deadlineAt);
    const counts = await applyPage(page.entries, reading, { list, deps, deadlineAt });
    return { ...done, counts, position: page.next, phase: page.next === null ? 'sweep' : 'read' };
  } catch (error) {
    if (error instanceof StalePositionError) {
      deps.telemetry.log('warn', 'ses_list_read_anew', { region: reading.region });
      return { ...aReading(reading.region, reading, deps.clock()), lastDoneAt: reading.lastDoneAt };
    }
    throw error;
  }
}

function aReading(region: string, last: ListReading | null, now: Instant): ListReading {
  return {
    region,
    version: last?.version ?? 0,
    startedAt: now,
    updatedAt: now,
    phase: 'read',
    pages: 0,
    position: null,
    lastDoneAt: last?.updatedAt ?? null,
    counts: NO_COUNTS,
  };
}

async function save(reading: ListReading, { sesList }: SyncDependencies, deadlineAt: Instant): Promise<void> {
  if (!(await sesList.saveReading(reading, deadlineAt))) {
    throw new UnavailableError('Another writer was first, or an earlier try of this one.');
  }
}

function nextTask({ region, startedAt, pages }: ListReading, again = ''): QueuedTask {
  return {
    task: { task: 'read', region, startedAt, page: pages },
    id: `${behind({ region, startedAt, pages })}${again}`,
  };
}

/** The place in a reading, as an id of what is done next. */
function behind({ region, startedAt, pages }: Pick<ListReading, 'region' | 'startedAt' | 'pages'>): string {
  return `${region}.${startedAt}.${pages}`;
}

/** What later readings find is drift; the first finds what there is. */
function report(reading: ListReading, before: ListReading, { telemetry }: SyncDependencies): void {
  const { region, phase, pages, counts, lastDoneAt } = reading;
  telemetry.count('SesListEntriesRead', {}, Math.max(counts.entries - before.counts.entries, 0));
  if (lastDoneAt !== null) {
    const drift = (Direction: string, amount: number) =>
      telemetry.count('SesListDrift', { Direction }, amount);
    drift('listed_there', Math.max(counts.blocked - before.counts.blocked, 0));
    drift('blocked_here', Math.max(counts.ended - before.counts.ended, 0));
  }
  const event = phase === 'done' ? 'ses_list_read' : 'ses_list_page_done';
  telemetry.log('info', event, { region, phase, pages, ...counts });
}
