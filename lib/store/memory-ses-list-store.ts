import { listedKey } from './items/ses-list-item.ts';
import { pageOf } from './memory-page.ts';
import type { ListedAddress, ListReading, PendingRemoval, SesListStore } from './ses-list-port.ts';

/** The twin of the DynamoDB store: the same promises, kept by being single-threaded. */
export function createMemorySesListStore(): SesListStore {
  const pending = new Map<string, PendingRemoval>();
  const listed = new Map<string, Map<string, ListedAddress>>();
  const readings = new Map<string, ListReading>();
  const listOf = (region: string) => {
    const list = listed.get(region) ?? new Map<string, ListedAddress>();
    listed.set(region, list);
    return list;
  };
  const placeOf = (entry: ListedAddress) => String(listedKey('', entry)['item']);
  const isLater = ({ addressHash, requestedAt }: Omit<PendingRemoval, 'queuedAt'>) =>
    (pending.get(addressHash)?.requestedAt ?? -1) > requestedAt;

  return {
    async notePending(row) {
      if (!isLater(row)) {
        pending.set(row.addressHash, row);
      }
    },
    async forgetPending(row) {
      if (!isLater(row)) {
        pending.delete(row.addressHash);
      }
    },
    async listPending({ limit, after }) {
      const { items, last } = pageOf([...pending.values()], {
        limit,
        placeOf: ({ addressHash }) => addressHash,
        after,
      });
      return { items, next: last?.addressHash ?? null };
    },
    async noteListed(region, entries) {
      for (const entry of entries) {
        listOf(region).set(placeOf(entry), entry);
      }
    },
    async forgetListed(region, entries) {
      for (const entry of entries) {
        listOf(region).delete(placeOf(entry));
      }
    },
    async listListed({ region, limit, after }) {
      const { items, last } = pageOf([...listOf(region).values()], { limit, placeOf, after });
      return { items, next: last && placeOf(last) };
    },
    async findListed({ region, addressHash }) {
      return [...listOf(region).values()].filter((entry) => entry.addressHash === addressHash);
    },
    async readReading(region) {
      return readings.get(region) ?? null;
    },
    async saveReading(reading) {
      if ((readings.get(reading.region)?.version ?? 0) !== reading.version) {
        return false;
      }
      readings.set(reading.region, { ...reading, version: reading.version + 1 });
      return true;
    },
  };
}
