import { membersOf } from '../../lib/http/members.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { addressHash } from '../../lib/store/address-hash.ts';

/**
 * Whether a request speaks of one address only, the one of its path (U8): not when it is a list, nor when
 * any member but its own two names a further address, however deep, be it among others in one text.
 */
export function namesOneAddress(body: unknown, hash: string): boolean {
  const { confirmedValid, evidence, ...others } = membersOf(body);
  return !Array.isArray(body) && !namesAnother(others, hash);
}

function namesAnother(value: unknown, hash: string): boolean {
  if (typeof value === 'string') {
    return addressesIn(value).some((address) => addressHash(address) !== hash);
  }
  return Object.entries(membersOf(value))
    .flat()
    .some((member) => namesAnother(member, hash));
}

function addressesIn(text: string): readonly string[] {
  const address = canonicalAddress(text);
  return address === null ? text.split(/[\s,;]+/).flatMap((part) => canonicalAddress(part) ?? []) : [address];
}
