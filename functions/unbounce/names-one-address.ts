import { canonicalAddress } from '../../lib/policy/address.ts';

const OWN_MEMBERS = new Set(['confirmedValid', 'evidence']);

/**
 * Whether a request speaks of one address only, the one in its path (U8): not when it is a list, nor when
 * any member but its own two names a further address, however deep.
 */
export function namesOneAddress(body: unknown, address: string | null): boolean {
  if (Array.isArray(body)) {
    return false;
  }
  return Object.entries(body ?? {}).every(
    ([name, value]) => OWN_MEMBERS.has(name) || !namesAnother(value, address),
  );
}

function namesAnother(value: unknown, address: string | null): boolean {
  if (typeof value === 'string') {
    const named = canonicalAddress(value);
    return named !== null && named !== address;
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((member) => namesAnother(member, address))
  );
}
