import type { Instant } from '../../lib/policy/time.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import type { PlacedTold } from './read-changes.ts';

/**
 * Takes out the addresses of persons who were erased after the change: a record may wait in the stream for hours. Throws
 * when that cannot be asked, and nothing may be told then.
 */
export async function withoutErased(
  told: readonly PlacedTold[],
  addresses: Pick<AddressStore, 'readStatuses'>,
  deadlineAt: Instant,
): Promise<readonly PlacedTold[]> {
  const named = told.filter(({ announcement }) => 'address' in announcement);
  const hashes = [...new Set(named.map(({ addressHash }) => addressHash))];
  const statuses = await addresses.readStatuses(hashes, deadlineAt);
  return told.map((one) => {
    const isErased = (statuses.get(one.addressHash)?.erasedAt ?? null) !== null;
    return isErased && 'address' in one.announcement
      ? { ...one, announcement: { ...one.announcement, address: null } }
      : one;
  });
}
