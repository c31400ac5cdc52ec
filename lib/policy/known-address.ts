import { type NamedAddress, withAddress } from './address-record.ts';
import type { AddressSnapshot } from './address-status.ts';

/**
 * The account's item with the readable address, for rows that name the address by its hash alone. It suppresses nothing by
 * that. The very same object where the address is known already, or was erased.
 */
export function withKnownAddress(snapshot: AddressSnapshot, named: NamedAddress): AddressSnapshot {
  const record = snapshot.status.erasedAt === null ? withAddress(snapshot.record, named) : snapshot.record;
  return record === snapshot.record ? snapshot : { ...snapshot, record };
}
