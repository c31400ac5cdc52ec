import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SesList } from '../../../cli/import-ses/open-ses-list.ts';
import { readSesList, StillReadingError, type Watch } from '../../../cli/import-ses/watch-readings.ts';
import { openWorld, type World } from '../../functions/sync-harness.ts';

const REGIONS = ['eu-central-1', 'us-east-1'];

let world: World;

beforeEach(async () => {
  world = await openWorld({ regions: REGIONS, entriesPerPage: 2 });
  for (let index = 0; index < 5; index += 1) world.list(`person${index}@example.com`);
  world.list('dan@example.com', { region: 'us-east-1', reason: 'COMPLAINT' });
});
afterEach(() => world.close());

const list = (): SesList => ({
  regions: REGIONS,
  start: async () => world.send({ task: 'import' }),
  readReading: (region) => world.sesList.readReading(region, world.api.time.now),
});

/** Every pause of the watch does one task of those that wait. */
async function watched(changes: Partial<Watch> = {}) {
  const seen: string[] = [];
  const readings = await readSesList(list(), {
    clock: () => world.api.time.now,
    sleep: () => world.workOff({ atMost: 1 }),
    timeoutInMs: 60_000,
    onProgress: (begun) => {
      seen.push(
        [...begun.values()].map((one) => (one === null ? '-' : `${one.phase} ${one.pages}`)).join(', '),
      );
    },
    ...changes,
  });
  return { readings, seen };
}

describe('the reading of the list of SES', () => {
  test('is begun, watched page by page, and done when it is in every Region', async () => {
    const { readings, seen } = await watched();
    expect(seen.at(0)).toBe('-, -');
    expect(seen).toContain('read 2, sweep 1');
    expect(seen.at(-1)).toBe('done 4, done 2');
    expect(readings).toMatchObject([
      { region: 'eu-central-1', lastDoneAt: null, counts: { entries: 5, blocked: 5 } },
      { region: 'us-east-1', counts: { entries: 1, blocked: 1 } },
    ]);
  });

  test('is begun anew when an earlier one is done, and tells what changed since', async () => {
    await watched();
    world.api.time.now += 1_000;
    world.stub.lists.remove({ region: 'us-east-1', tenant: null }, 'dan@example.com');
    const { readings, seen } = await watched();
    expect(seen.at(0)).toBe('-, -');
    expect(readings).toMatchObject([
      { lastDoneAt: expect.any(Number), counts: { blocked: 0, ended: 0 } },
      { lastDoneAt: expect.any(Number), counts: { entries: 0, ended: 1 } },
    ]);
  });

  test('goes on where it stopped', async () => {
    world.send({ task: 'import' });
    await world.workOff({ atMost: 2 });
    const { seen } = await watched();
    expect(seen.at(0)).toBe('read 1, read 0');
    expect(seen.at(-1)).toBe('done 4, done 2');
  });

  test('is left alone when the time is up', async () => {
    const sleep = async () => {
      world.api.time.now += 30_000;
    };
    await expect(watched({ sleep })).rejects.toThrow(StillReadingError);
    await world.workOff();
    expect(await world.layer('dan@example.com')).toBe('blocked');
  });
});
