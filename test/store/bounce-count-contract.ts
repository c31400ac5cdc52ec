import { expect, test } from '@jest/globals';
import type { DayTally } from '../../lib/policy/bounce-statistics.ts';
import type { Reason } from '../../lib/policy/reason.ts';
import type { BounceCountReader, BounceCountWriter } from '../../lib/store/bounce-count-port.ts';
import { aKey, soon } from './scene.ts';

export type BounceCountStore = BounceCountReader & BounceCountWriter;

export function aTally(
  account: string,
  day: string,
  counts: Readonly<Partial<Record<Reason, number>>>,
): DayTally {
  return { account, day, counts: new Map(Object.entries(counts)) as DayTally['counts'] };
}

/** Everything that `lib/store/bounce-count-port.ts` promises; `opened` gives the store once tests run. */
export function bounceCountContract(opened: () => BounceCountStore): void {
  const add = (...tally: Parameters<typeof aTally>) =>
    opened().addBounceCounts({ tally: aTally(...tally), deadlineAt: soon() });
  const read = async (account: string, from: string, to: string) => {
    const days = await opened().readBounceCounts({ account, from, to, deadlineAt: soon() });
    return days.map(({ day, counts }) => [day, Object.fromEntries(counts)]);
  };

  test('adds up what is counted of a day, reason by reason', async () => {
    const { account } = aKey();
    await add(account, '2026-11-23', { policy: 2, spam: 1 });
    await add(account, '2026-11-23', { policy: 1, timeout: 4 });
    expect(await read(account, '2026-11-23', '2026-11-23')).toEqual([
      ['2026-11-23', { policy: 3, spam: 1, timeout: 4 }],
    ]);
  });

  test('loses nothing when many count at once', async () => {
    const { account } = aKey();
    await Promise.all(Array.from({ length: 20 }, () => add(account, '2026-11-23', { policy: 1, other: 2 })));
    expect(await read(account, '2026-11-23', '2026-11-23')).toEqual([
      ['2026-11-23', { policy: 20, other: 40 }],
    ]);
  });

  test('answers the days of a range, both ends included, the earliest first, and nobody else', async () => {
    const { account } = aKey();
    for (const day of ['2026-11-23', '2026-10-31', '2026-11-01', '2026-11-24', '2026-10-30']) {
      await add(account, day, { policy: Number(day.slice(-2)) });
    }
    await add(`${account}0`, '2026-11-01', { spam: 1 });
    expect(await read(account, '2026-10-31', '2026-11-23')).toEqual([
      ['2026-10-31', { policy: 31 }],
      ['2026-11-01', { policy: 1 }],
      ['2026-11-23', { policy: 23 }],
    ]);
  });

  test('answers no day where nothing was counted', async () => {
    expect(await read(aKey().account, '2026-08-26', '2026-11-23')).toEqual([]);
  });
}
