import { type NamedAddress, withAddress, withMoreSpellings } from './address-record.ts';
import type { AddressSnapshot } from './address-status.ts';

/**
 * The account's item with the readable address, for rows that name the address by its hash alone. It suppresses nothing by
 * that. The very same object where the address is known already, or was erased.
 */
export function withKnownAddress(snapshot: AddressSnapshot, named: NamedAddress): AddressSnapshot {
  const record = snapshot.status.erasedAt === null ? withAddress(snapshot.record, named) : snapshot.record;
  return record === snapshot.record ? snapshot : { ...snapshot, record };
}

/** The same with the spellings of an echo: SES's list is matched by exact case, so each may be the one that it holds. */
export function withEchoedAddress(snapshot: AddressSnapshot, named: NamedAddress): AddressSnapshot {
  const known = withKnownAddress(snapshot, named);
  const record =
    known.record.address === null ? known.record : withMoreSpellings(known.record, named.spellings);
  return record === known.record ? known : { ...known, record };
}
