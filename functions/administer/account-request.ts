import { expected, readObject, readOptionalInteger, readOptionalTexts } from '../../lib/http/members.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { canonicalDomain } from '../../lib/policy/domain.ts';

/** What a PUT says of an account; null where it says nothing, which leaves things as they are. */
export interface AccountRequest {
  readonly contacts: number | null;
  /** Domains and e-mail addresses, canonical and distinct. */
  readonly sendingIdentities: readonly string[] | null;
}

const MOST_CONTACTS = 1_000_000_000;
/** Settings and owners are written in one transaction of at most 100 actions, old owners included. */
const MOST_IDENTITIES = 40;

/** Reads the body of `PUT /v1/accounts/{account}`. Throws ProblemError. */
export function readAccountRequest(body: unknown): AccountRequest {
  const members = readObject(body);
  const contacts = readOptionalInteger(members, 'contacts', { least: 0, most: MOST_CONTACTS });
  const names = readOptionalTexts(members, 'sendingIdentities');
  if (names !== null && names.length > MOST_IDENTITIES) {
    throw expected('sendingIdentities', `a list of at most ${MOST_IDENTITIES} domains and e-mail addresses`);
  }
  return { contacts, sendingIdentities: names && [...new Set(names.map(readIdentity))] };
}

function readIdentity(name: string, index: number): string {
  const identity = name.includes('@') ? canonicalAddress(name) : canonicalDomain(name.trim());
  if (identity === null) {
    throw expected(`sendingIdentities[${index}]`, 'a domain or an e-mail address');
  }
  return identity;
}
