import { type Account, unsetAccount } from '../policy/account.ts';
import { type AddressRecord, emptyRecord } from '../policy/address-record.ts';
import { type AddressSnapshot, type AddressStatus, NO_STATUS } from '../policy/address-status.ts';
import { toIso } from '../policy/time.ts';
import type { UnbounceGuard } from '../policy/unbounce.ts';
import { writeOf } from './address-write.ts';
import type { CorrectionStore } from './correction-port.ts';
import type { LedgerRow } from './ledger-port.ts';
import { createMemoryCorrectionStore } from './memory-correction-store.ts';
import { createMemoryOperatorStore } from './memory-operator-store.ts';
import { pageOf } from './memory-page.ts';
import type { OperatorStore } from './operator-port.ts';
import type {
  AccountStore,
  AddressKey,
  AddressStore,
  SuppressedAddress,
  SuppressionPosition,
  UnbounceStore,
  UnbounceWrite,
} from './port.ts';

/** The stores in memory, with what tests may look at. */
export interface MemoryStore
  extends AddressStore,
    UnbounceStore,
    AccountStore,
    OperatorStore,
    CorrectionStore {
  readonly ledger: readonly LedgerRow[];
  /** Puts a status item as if another account, or SES, had written it. */
  putStatus(addressHash: string, status: AddressStatus): void;
}

/** The twin of the DynamoDB stores: the same promises, kept by being single-threaded. */
export function createMemoryStore({ defaultAccount }: { readonly defaultAccount: string }): MemoryStore {
  const records = new Map<string, AddressRecord>();
  const statuses = new Map<string, AddressStatus>();
  const used = new Map<string, number>();
  const accounts = new Map<string, Account>();
  const owners = new Map<string, string>();
  const ledger: LedgerRow[] = [];

  const readSnapshot = ({ account, addressHash }: AddressKey): AddressSnapshot => ({
    record: records.get(keyOf(addressHash, account)) ?? emptyRecord(account),
    status: statuses.get(addressHash) ?? NO_STATUS,
  });
  const putRecord = (addressHash: string, { version }: AddressRecord, after: AddressRecord) =>
    records.set(keyOf(addressHash, after.account), { ...after, version: version + 1 });
  const putStatus = (addressHash: string, { version }: AddressStatus, after: AddressStatus) =>
    statuses.set(addressHash, { ...after, version: version + 1 });
  const findAccount = (id: string) => accounts.get(id) ?? (id === defaultAccount ? unsetAccount(id) : null);

  const holds = (guard: UnbounceGuard, { key, granted }: UnbounceWrite): boolean => {
    const { record, status } = readSnapshot(key);
    switch (guard.guard) {
      case 'quota_left':
        return (used.get(keyOf(guard.month, key.account)) ?? 0) < guard.limit;
      case 'ledger_row_absent':
        return !ledger.some(
          ({ account, addressHash, unbounce }) =>
            account === key.account &&
            addressHash === key.addressHash &&
            unbounce.unbouncedAt === granted.unbounce.unbouncedAt,
        );
      case 'record_as_read':
        return record.version === guard.version;
      case 'never_unbounced':
        return record.unbounce === null;
      case 'status_as_read':
        return status.version === guard.version;
      case 'not_global':
        return status.global === null;
      case 'account_as_read':
        return (findAccount(key.account)?.version ?? 0) === guard.version;
    }
  };

  return {
    ...createMemoryOperatorStore({ records, statuses, ledger }),
    ...createMemoryCorrectionStore({ records, statuses }),
    ledger,
    putStatus: (addressHash, status) =>
      putStatus(addressHash, statuses.get(addressHash) ?? NO_STATUS, status),
    async readStatuses(addressHashes) {
      return found(addressHashes, (addressHash) => statuses.get(addressHash));
    },
    async readRecords({ account, addressHashes }) {
      return found(addressHashes, (addressHash) => records.get(keyOf(addressHash, account)));
    },
    async readAddress(key) {
      return readSnapshot(key);
    },
    async updateAddress(key, { change }) {
      const before = readSnapshot(key);
      const { touchesRecord, touchesStatus, stored } = writeOf(before, change(before));
      if (touchesRecord) {
        records.set(keyOf(key.addressHash, key.account), stored.record);
      }
      if (touchesStatus) {
        statuses.set(key.addressHash, stored.status);
      }
      return stored;
    },
    async listSuppressions({ account, limit, after, since = 0 }) {
      const rows = suppressedBy(records, account)
        .filter(({ suppression }) => suppression.suppressedAt >= since)
        .sort((a, b) => comparePositions(positionOf(b), positionOf(a)));
      const rest = after === null ? rows : rows.filter((row) => comparePositions(positionOf(row), after) < 0);
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return { items, next: rest.length > limit && last !== undefined ? positionOf(last) : null };
    },
    async readUsed({ account, month }) {
      return used.get(keyOf(month, account)) ?? 0;
    },
    async grantUnbounce(write) {
      const { key, granted } = write;
      const lost = granted.guards.filter((guard) => !holds(guard, write)).map(({ guard }) => guard);
      if (lost.length > 0) {
        return { outcome: 'lost', lost };
      }
      const counter = keyOf(granted.unbounce.month, key.account);
      used.set(counter, (used.get(counter) ?? 0) + 1);
      ledger.push({ ...key, unbounce: granted.unbounce });
      putRecord(key.addressHash, granted.record.before, granted.record.after);
      putStatus(key.addressHash, granted.status.before, granted.status.after);
      return { outcome: 'saved' };
    },
    async readAccount(id) {
      return findAccount(id);
    },
    async listAccounts({ limit, after }) {
      const others = [...accounts.keys()].filter((account) => account !== defaultAccount);
      const { items, last } = pageOf(others, {
        limit,
        placeOf: (account) => account,
        after: after?.account ?? null,
      });
      const all = after === null ? [defaultAccount, ...items] : items;
      return { items: all, next: last === null ? null : { account: last } };
    },
    async findSenders(query) {
      return {
        registered: new Set([defaultAccount, ...query.accounts.filter((id) => accounts.has(id))]),
        owners: found(query.identities, (identity) => owners.get(identity)),
      };
    },
    async saveAccount({ before, contacts, sendingIdentities }) {
      if ((accounts.get(before.id)?.version ?? 0) !== before.version) {
        return { outcome: 'lost' };
      }
      const names = sendingIdentities.map(({ name }) => name);
      const taken = names.filter((name) => (owners.get(name) ?? before.id) !== before.id);
      if (taken.length > 0) {
        return { outcome: 'identity_taken', identities: taken };
      }
      for (const { name } of before.sendingIdentities) {
        owners.delete(name);
      }
      for (const name of names) {
        owners.set(name, before.id);
      }
      const account = { id: before.id, version: before.version + 1, contacts, sendingIdentities };
      accounts.set(before.id, account);
      return { outcome: 'saved', account };
    },
  };
}

/** Neither a hash nor a month holds a `#`, so two keys never meet. */
function keyOf(first: string, account: string): string {
  return `${first}#${account}`;
}

function found<T>(keys: readonly string[], find: (key: string) => T | undefined): Map<string, T> {
  return new Map(
    keys.flatMap((key) => {
      const value = find(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

function suppressedBy(records: ReadonlyMap<string, AddressRecord>, account: string): SuppressedAddress[] {
  return [...records].flatMap(([key, { address, suppression, erasedAt, account: owner }]) =>
    owner !== account || suppression === null
      ? []
      : [{ addressHash: key.slice(0, key.indexOf('#')), address, suppression, erasedAt }],
  );
}

function positionOf({ addressHash, suppression }: SuppressedAddress): SuppressionPosition {
  return { addressHash, suppressedAt: toIso(suppression.suppressedAt) };
}

function comparePositions(a: SuppressionPosition, b: SuppressionPosition): number {
  const [left, right] = [a, b].map((position) => `${position['suppressedAt']}#${position['addressHash']}`);
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}
