import type { ListReading } from '../../lib/store/ses-list-port.ts';
import type { SesList } from './open-ses-list.ts';

export interface Watch {
  readonly clock: () => number;
  readonly sleep: (durationInMs: number) => Promise<void>;
  readonly timeoutInMs: number;
  /** How far each Region has come; null for one that has not begun. */
  readonly onProgress: (readings: ReadonlyMap<string, ListReading | null>) => void;
}

/** The readings go on without anybody watching; the message says so. */
export class StillReadingError extends Error {
  override readonly name = 'StillReadingError';
}

const PAUSE_IN_MS = 1_000;

/**
 * Has SES's list be read in every Region, and answers when it is. A reading that is under way is gone on with. Throws
 * StillReadingError when the time is up.
 */
export async function readSesList(list: SesList, watch: Watch): Promise<readonly ListReading[]> {
  const { clock, sleep, timeoutInMs, onProgress } = watch;
  const startedAt = clock();
  const before = await readAll(list);
  await list.start();
  for (;;) {
    const readings = await readAll(list);
    const begun = new Map(
      [...readings].map(([region, reading]) => [region, isOld(reading, before.get(region)) ? null : reading]),
    );
    onProgress(begun);
    const done = [...begun.values()].flatMap((reading) => (reading?.phase === 'done' ? [reading] : []));
    if (done.length === list.regions.length) return done;
    if (clock() - startedAt >= timeoutInMs) {
      throw new StillReadingError('Not read to its end in that time. The reading goes on by itself.');
    }
    await sleep(PAUSE_IN_MS);
  }
}

async function readAll(list: SesList): Promise<ReadonlyMap<string, ListReading | null>> {
  const readings = await Promise.all(
    list.regions.map(async (region) => [region, await list.readReading(region)] as const),
  );
  return new Map(readings);
}

/** Whether it is the reading that was done before this one was asked for. */
function isOld(reading: ListReading | null, before: ListReading | null | undefined): boolean {
  return reading !== null && before?.phase === 'done' && reading.startedAt === before.startedAt;
}
