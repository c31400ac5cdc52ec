import type { AddressRecord } from '../policy/address-record.ts';
import { type AddressStatus, NO_STATUS } from '../policy/address-status.ts';
import type { Release } from '../policy/release.ts';
import type { LedgerRow } from './ledger-port.ts';
import type { OperatorStore } from './operator-port.ts';

/** What the stores in memory share. */
interface MemoryTables {
  /** By `<addressHash>#<account>`. */
  readonly records: Map<string, AddressRecord>;
  readonly statuses: Map<string, AddressStatus>;
  readonly ledger: LedgerRow[];
}

/** The twin of the DynamoDB store: the same promises, kept by being single-threaded. */
export function createMemoryOperatorStore({ records, statuses, ledger }: MemoryTables): OperatorStore {
  const releases = new Map<string, readonly Release[]>();
  const statusOf = (addressHash: string) => statuses.get(addressHash) ?? NO_STATUS;
  const versionOf = (addressHash: string, account: string) =>
    records.get(`${addressHash}#${account}`)?.version ?? 0;

  return {
    async readWhole(addressHash) {
      const found = [...records].filter(([key]) => key.startsWith(`${addressHash}#`));
      return { status: statusOf(addressHash), records: found.map(([, record]) => record) };
    },
    async listReleases({ addressHash, limit }) {
      return (releases.get(addressHash) ?? []).toReversed().slice(0, limit);
    },
    async saveRelease({ addressHash, decided: { release, status, record, guards } }) {
      const holds = guards.every(({ guard, version }) =>
        guard === 'status_as_read'
          ? statusOf(addressHash).version === version
          : versionOf(addressHash, record?.before.account ?? '') === version,
      );
      if (!holds) {
        return 'lost';
      }
      statuses.set(addressHash, { ...status.after, version: status.before.version + 1 });
      if (record !== null) {
        const { before, after } = record;
        records.set(`${addressHash}#${after.account}`, { ...after, version: before.version + 1 });
      }
      releases.set(addressHash, [...(releases.get(addressHash) ?? []), release]);
      return 'saved';
    },
    async updateStatus(addressHash, { change }) {
      const before = statusOf(addressHash);
      const after = change(before);
      if (after !== before) {
        statuses.set(addressHash, { ...after, version: before.version + 1 });
      }
      return statusOf(addressHash);
    },
    async eraseLedger({ addressHash, unbounces }) {
      for (const [place, row] of ledger.entries()) {
        const erased = unbounces.find(
          ({ account, unbounce }) =>
            row.addressHash === addressHash &&
            row.account === account &&
            row.unbounce.unbouncedAt === unbounce.unbouncedAt,
        );
        ledger[place] = erased === undefined ? row : { ...row, unbounce: erased.unbounce };
      }
      const kept = releases.get(addressHash) ?? [];
      releases.set(
        addressHash,
        kept.map((release) => ({ ...release, reason: null })),
      );
    },
  };
}
