import type { DayCounts } from '../policy/bounce-statistics.ts';
import type { Reason } from '../policy/reason.ts';
import type { BounceCountReader, BounceCountWriter } from './bounce-count-port.ts';

/** The twin of the DynamoDB store. */
export function createMemoryBounceCountStore(): BounceCountReader & BounceCountWriter {
  const accounts = new Map<string, Map<string, Map<Reason, number>>>();
  return {
    async addBounceCounts({ tally: { account, day, counts } }) {
      const days = accounts.get(account) ?? new Map<string, Map<Reason, number>>();
      const known = days.get(day) ?? new Map<Reason, number>();
      for (const [reason, count] of counts) {
        known.set(reason, (known.get(reason) ?? 0) + count);
      }
      accounts.set(account, days.set(day, known));
    },
    async readBounceCounts({ account, from, to }) {
      return [...(accounts.get(account) ?? [])]
        .filter(([day]) => from <= day && day <= to)
        .map(([day, counts]): DayCounts => ({ day, counts: new Map(counts) }))
        .sort((a, b) => (a.day < b.day ? -1 : 1));
    },
  };
}
