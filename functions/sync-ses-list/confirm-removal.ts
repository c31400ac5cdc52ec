import { canonicalAddress } from '../../lib/policy/address.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { ListReading } from '../../lib/store/ses-list-port.ts';
import type { ListedIn, Removal } from './left-to-reading.ts';

/**
 * The moment from which SES's list is known in every Region: the beginning of the last reading, of the earliest where there
 * are several. Null while one is under way or there was none.
 */
export function knownFrom(readings: readonly (ListReading | null)[]): Instant | null {
  const begun = readings.map((reading) => (reading?.phase === 'done' ? reading.startedAt : null));
  return begun.length === 0 || begun.includes(null) ? null : Math.min(...begun.map(Number));
}

/**
 * Whether readings that began after the request prove that SES does not list the address: none of them found it. The lists
 * of tenants are not read, and an entry whose spelling Rebound cannot read is noted for no address.
 */
export function isProvenOff(
  { requestedAt, address, spellings, tenants }: Removal,
  listed: readonly ListedIn[],
  readFrom: Instant | null,
): readFrom is Instant {
  return (
    readFrom !== null &&
    requestedAt < readFrom &&
    tenants.length === 0 &&
    listed.length === 0 &&
    spellings.every((spelling) => canonicalAddress(spelling) === address)
  );
}
