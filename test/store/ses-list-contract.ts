import { describe, expect, test } from '@jest/globals';
import {
  type ListedAddress,
  type ListReading,
  NO_COUNTS,
  type SesListQuery,
  type SesListStore,
} from '../../lib/store/ses-list-port.ts';
import { hoursAfter, NOW } from '../policy/builders.ts';
import { aKey, soon } from './scene.ts';

let regions = 0;

/** A Region that no other test knows. */
function aRegion(): string {
  return `region-${++regions}`;
}

function anEntry(changes: Partial<ListedAddress> = {}): ListedAddress {
  return { addressHash: aKey().addressHash, capitals: '', listedFor: 'bounce', seenAt: NOW, ...changes };
}

function aReading(region: string, changes: Partial<ListReading> = {}): ListReading {
  return {
    region,
    version: 0,
    startedAt: NOW,
    updatedAt: NOW,
    phase: 'read',
    pages: 0,
    position: null,
    lastDoneAt: null,
    counts: NO_COUNTS,
    ...changes,
  };
}

/** Everything that `lib/store/ses-list-port.ts` promises; `opened` gives the store once tests run. */
export function sesListContract(opened: () => SesListStore): void {
  async function all<T>(
    list: (query: SesListQuery) => Promise<{ items: readonly T[]; next: string | null }>,
    limit = 2,
  ): Promise<T[]> {
    const rows: T[] = [];
    let after: string | null = null;
    do {
      const { items, next }: { items: readonly T[]; next: string | null } = await list({
        limit,
        after,
        deadlineAt: soon(),
      });
      expect(items.length).toBeLessThanOrEqual(limit);
      rows.push(...items);
      after = next;
    } while (after !== null);
    return rows;
  }

  describe('pending removals', () => {
    const pendingOf = async (...hashes: string[]) => {
      const rows = await all((query) => opened().listPending(query), 3);
      return rows.filter(({ addressHash }) => hashes.includes(addressHash));
    };

    test('are listed once each, page by page, in one order', async () => {
      const hashes = Array.from({ length: 5 }, () => aKey().addressHash);
      for (const addressHash of hashes) {
        await opened().notePending({ addressHash, requestedAt: NOW, queuedAt: NOW }, soon());
      }
      const rows = await pendingOf(...hashes);
      expect(rows.map(({ addressHash }) => addressHash)).toEqual([...hashes].sort());
      expect(rows[0]).toEqual({ addressHash: rows[0]?.addressHash, requestedAt: NOW, queuedAt: NOW });
    });

    test('take the latest request, in whatever order they are noted', async () => {
      const { addressHash } = aKey();
      for (const [hours, queued] of [
        [0, 0],
        [2, 2],
        [1, 3],
        [2, 4],
      ] as const) {
        const row = { addressHash, requestedAt: hoursAfter(hours), queuedAt: hoursAfter(queued) };
        await opened().notePending(row, soon());
      }
      const expected = { addressHash, requestedAt: hoursAfter(2), queuedAt: hoursAfter(4) };
      expect(await pendingOf(addressHash)).toEqual([expected]);
    });

    test('are forgotten, unless a later request was noted since', async () => {
      const { addressHash } = aKey();
      await opened().notePending({ addressHash, requestedAt: NOW, queuedAt: NOW }, soon());
      await opened().forgetPending({ addressHash, requestedAt: hoursAfter(-1) }, soon());
      expect(await pendingOf(addressHash)).toHaveLength(1);
      await opened().forgetPending({ addressHash, requestedAt: NOW }, soon());
      await opened().forgetPending({ addressHash, requestedAt: NOW }, soon());
      expect(await pendingOf(addressHash)).toEqual([]);
    });
  });

  describe("entries of SES's list", () => {
    const listedIn = (region: string) => all((query) => opened().listListed({ ...query, region }));

    test('are listed by Region, each spelling once, the last telling of it', async () => {
      const [here, there] = [aRegion(), aRegion()];
      const { addressHash } = aKey();
      const spellings = ['', '0', '0.4', '?'].map((capitals) => anEntry({ addressHash, capitals }));
      const others = Array.from({ length: 30 }, () => anEntry({ listedFor: 'complaint' }));
      await opened().noteListed(here, [...spellings, ...others, ...spellings], soon());
      await opened().noteListed(there, [anEntry()], soon());
      const again = { ...(spellings[0] as ListedAddress), seenAt: hoursAfter(1) };
      await opened().noteListed(here, [again], soon());
      const rows = await listedIn(here);
      expect(rows).toHaveLength(34);
      expect(rows).toEqual(expect.arrayContaining([again, ...spellings.slice(1), ...others]));
      expect(await listedIn(there)).toHaveLength(1);
      expect(await opened().findListed({ region: here, addressHash, deadlineAt: soon() })).toHaveLength(4);
      expect(await opened().findListed({ region: there, addressHash, deadlineAt: soon() })).toEqual([]);
    });

    test('are forgotten one by one', async () => {
      const region = aRegion();
      const entries = Array.from({ length: 28 }, () => anEntry());
      await opened().noteListed(region, entries, soon());
      await opened().forgetListed(region, entries.slice(1), soon());
      await opened().forgetListed(region, [anEntry()], soon());
      expect(await listedIn(region)).toEqual(entries.slice(0, 1));
    });

    test('are none in a Region that was never read', async () => {
      expect(await listedIn(aRegion())).toEqual([]);
      await opened().noteListed(aRegion(), [], soon());
    });
  });

  describe('a reading', () => {
    test('is kept by Region, with all that it says', async () => {
      const region = aRegion();
      expect(await opened().readReading(region, soon())).toBeNull();
      const counts = {
        entries: 5,
        unreadable: 4,
        blocked: 3,
        askedAgain: 2,
        inJobs: 7,
        jobsRefused: 6,
        ended: 1,
      };
      const reading = aReading(region, {
        phase: 'sweep',
        pages: 7,
        position: 'abc',
        lastDoneAt: hoursAfter(-9),
        updatedAt: hoursAfter(1),
        counts,
      });
      expect(await opened().saveReading(reading, soon())).toBe(true);
      expect(await opened().readReading(region, soon())).toEqual({ ...reading, version: 1 });
    });

    test('is not written over by who read an older one', async () => {
      const region = aRegion();
      expect(await opened().saveReading(aReading(region), soon())).toBe(true);
      expect(await opened().saveReading(aReading(region, { pages: 8 }), soon())).toBe(false);
      expect(await opened().saveReading(aReading(region, { version: 1, pages: 9 }), soon())).toBe(true);
      expect(await opened().saveReading(aReading(region, { version: 1, pages: 10 }), soon())).toBe(false);
      expect(await opened().readReading(region, soon())).toEqual(aReading(region, { version: 2, pages: 9 }));
    });
  });
}
