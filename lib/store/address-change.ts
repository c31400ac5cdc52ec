import type { AddressSnapshot } from '../policy/address-status.ts';
import { recordScope, writeRecordItem } from './items/record-item.ts';
import { STATUS_SCOPE, writeStatusItem } from './items/status-item.ts';
import type { AddressKey } from './port.ts';
import type { VersionedChange } from './update-expression.ts';

/** What turns an address from one snapshot into the next, as one account sees it. */
export interface AddressChange extends AddressKey {
  readonly table: string;
  readonly before: AddressSnapshot;
  readonly after: AddressSnapshot;
}

/** The part of it that all accounts share. */
type StatusPart = Pick<AddressChange, 'table' | 'addressHash'> &
  Readonly<Record<'before' | 'after', Pick<AddressSnapshot, 'status'>>>;

/** The part of it that is the account's own. */
type RecordPart = Omit<AddressChange, 'before' | 'after'> &
  Readonly<Record<'before' | 'after', Pick<AddressSnapshot, 'record'>>>;

/** The change of the account's item. */
export function recordChange({ table, account, addressHash, before, after }: RecordPart): VersionedChange {
  return {
    table,
    key: { addressHash, scope: recordScope(account) },
    version: before.record.version,
    before: before.record.version === 0 ? {} : writeRecordItem(before.record),
    after: writeRecordItem(after.record),
  };
}

/** The change of the item that answers the filter. */
export function statusChange({ table, addressHash, before, after }: StatusPart): VersionedChange {
  return {
    table,
    key: { addressHash, scope: STATUS_SCOPE },
    version: before.status.version,
    before: writeStatusItem(before.status),
    after: writeStatusItem(after.status),
  };
}
