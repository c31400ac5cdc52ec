import type { AddressRecord } from '../policy/address-record.ts';
import type { AddressStatus } from '../policy/address-status.ts';
import type { CorrectionKey, CorrectionStore, StoredCorrection } from './correction-port.ts';
import { pageOf } from './memory-page.ts';

/** What the stores in memory share. */
interface MemoryTables {
  /** By `<addressHash>#<account>`. */
  readonly records: Map<string, AddressRecord>;
  readonly statuses: Map<string, AddressStatus>;
}

/** The twin of the DynamoDB store: the same promises, kept by being single-threaded. */
export function createMemoryCorrectionStore({ records, statuses }: MemoryTables): CorrectionStore {
  const corrections = new Map<string, StoredCorrection & { readonly account: string }>();
  const corrected = new Map<string, Set<string>>();
  const keyOf = ({ account, id }: CorrectionKey) => `${account}#${id}`;

  return {
    async beginCorrection(begun) {
      const key = keyOf(begun);
      corrections.set(key, corrections.get(key) ?? { ...begun, finishedAt: null, corrected: null });
    },
    async saveCorrection({ addressHash, account, decided: { status, record, weighed }, ...write }) {
      const place = `${addressHash}#${account}`;
      const isAsRead =
        (statuses.get(addressHash)?.version ?? 0) === status.before.version &&
        [record.before, ...weighed].every(
          (read) => (records.get(`${addressHash}#${read.account}`)?.version ?? 0) === read.version,
        );
      if (!isAsRead) return 'lost';
      statuses.set(addressHash, { ...status.after, version: status.before.version + 1 });
      records.set(place, { ...record.after, version: record.before.version + 1 });
      const key = keyOf({ account, id: write.id });
      corrected.set(key, (corrected.get(key) ?? new Set()).add(addressHash));
      return 'saved';
    },
    async finishCorrection({ finishedAt, ...key }) {
      const count = corrected.get(keyOf(key))?.size ?? 0;
      const begun = corrections.get(keyOf(key));
      if (begun !== undefined && count > 0) {
        corrections.set(keyOf(key), { ...begun, finishedAt, corrected: count });
      }
      return count;
    },
    async listCorrections({ account, limit, after }) {
      const rows = [...corrections.values()].filter((one) => one.account === account);
      const { items, last } = pageOf(rows, {
        limit,
        placeOf: ({ id }) => id,
        after: after?.id ?? null,
        isDescending: true,
      });
      return { items: items.map(({ account: _, ...row }) => row), next: last && { id: last.id } };
    },
  };
}
