import type { AddressRecord } from '../../lib/policy/address-record.ts';
import type { AddressStore, RecordsQuery } from '../../lib/store/port.ts';

/** Who stands behind the hash of a row. */
export interface JoinedAddress {
  /** Null when it is not known, or was erased. */
  readonly address: string | null;
  readonly erased: boolean;
  /** What the account knows of it; null when it has no item. */
  readonly record: AddressRecord | null;
}

export type JoiningStore = Pick<AddressStore, 'readRecords' | 'readStatuses'>;

/** The readable addresses of rows, which hold their hashes alone: one read for each, and one more for those without an address. */
export async function joinAddresses(
  query: RecordsQuery,
  addresses: JoiningStore,
): Promise<(addressHash: string) => JoinedAddress> {
  const records = await addresses.readRecords(query);
  const unknown = query.addressHashes.filter((hash) => !records.has(hash));
  const statuses = await addresses.readStatuses(unknown, query.deadlineAt);
  return (addressHash) => {
    const record = records.get(addressHash) ?? null;
    const address = record?.address ?? null;
    const erasedAt = record === null ? (statuses.get(addressHash)?.erasedAt ?? null) : record.erasedAt;
    return { address, erased: address === null && erasedAt !== null, record };
  };
}
