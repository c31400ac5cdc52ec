import { canonicalAddress } from '../policy/address.ts';
import { canonicalDomain } from '../policy/domain.ts';
import type { Mail } from './notification.ts';

/** A claim about who sent a mail; whoever is registered first in the list is the account. */
export type AccountCandidate =
  | { readonly kind: 'account'; readonly id: string; readonly by: 'account_tag' | 'tenant_name' }
  /** `name` is a domain or an address, canonical. */
  | { readonly kind: 'identity'; readonly name: string; readonly by: 'identity' };

export interface SenderOptions {
  /** Name of the message tag that names the account. */
  readonly accountTag: string;
  /** False where others may send in this AWS account: then the tag proves nothing and is passed over. */
  readonly trustTags: boolean;
}

const TENANT_TAG = 'ses:tenant-name';
const FROM_DOMAIN_TAG = 'ses:from-domain';
/** Of an account; SES allows the same for a tenant. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** More labels than any mail domain in use; the outer ones of a longer name are passed over. */
const MAX_LABELS = 10;

/**
 * Whose mail it was, in the order in which the claims are to be believed: message tag, SES tenant, sending
 * identity (the From domain and its parents, then the envelope sender and its domains). At most 21 candidates.
 */
export function accountCandidates(
  mail: Mail,
  { accountTag, trustTags }: SenderOptions,
): readonly AccountCandidate[] {
  const tagged = trustTags ? idsIn(mail, accountTag).slice(0, 1) : [];
  return [
    ...tagged.map((id) => ({ kind: 'account', id, by: 'account_tag' }) as const),
    ...tenantsOf(mail).map((id) => ({ kind: 'account', id, by: 'tenant_name' }) as const),
    ...identitiesOf(mail).map((name) => ({ kind: 'identity', name, by: 'identity' }) as const),
  ];
}

/** The SES tenant that sent the mail, as a member of an effect: left out where SES names none. */
export function namedTenants(mail: Mail): { readonly tenants?: readonly string[] } {
  const tenants = tenantsOf(mail);
  return tenants.length === 0 ? {} : { tenants };
}

/** SES names at most one. */
function tenantsOf(mail: Mail): readonly string[] {
  return idsIn(mail, TENANT_TAG).slice(0, 1);
}

function idsIn(mail: Mail, tag: string): readonly string[] {
  return (mail.tags[tag] ?? []).filter((value) => ID.test(value));
}

function identitiesOf(mail: Mail): readonly string[] {
  const fromDomain = canonicalDomain(mail.tags[FROM_DOMAIN_TAG]?.[0] ?? '');
  const source = canonicalAddress(mail.source ?? '');
  const sourceDomain = source?.slice(source.lastIndexOf('@') + 1) ?? null;
  const names = [
    ...withParents(fromDomain),
    ...(source === null ? [] : [source]),
    ...withParents(sourceDomain),
  ];
  return [...new Set(names)];
}

/** A domain and its parents down to two labels, the longest first. */
function withParents(domain: string | null): readonly string[] {
  const labels = domain?.split('.').slice(-MAX_LABELS) ?? [];
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}
