import type { Release } from '../../policy/release.ts';
import { type Instant, toIso } from '../../policy/time.ts';
import { type Item, ItemReader } from './item.ts';

/** The partition of the ledger that is no account's. No account id holds a `#`. */
export const OPERATOR = '#operator';

/** What the sort keys of an address's releases begin with. */
export function releasePrefix(addressHash: string): string {
  return `release#${addressHash}#`;
}

/** The key of one release: by address, then by time, so that those of an address are found without the others. */
export function releaseKey(addressHash: string, releasedAt: Instant): Item {
  return { account: OPERATOR, entry: `${releasePrefix(addressHash)}${toIso(releasedAt)}` };
}

/** A release without its key. `lifted` names the account, since `account` is the partition. */
export function writeReleaseItem(addressHash: string, { releasedAt, by, reason, account }: Release): Item {
  return {
    addressHash,
    releasedAt: toIso(releasedAt),
    by,
    reason: reason ?? undefined,
    releasedAccount: account ?? undefined,
  };
}

export function readReleaseItem(item: Item): Release {
  const reader = new ItemReader(item, 'release');
  return {
    releasedAt: reader.instant('releasedAt'),
    by: reader.text('by'),
    reason: reader.textOrNull('reason'),
    account: reader.textOrNull('releasedAccount'),
  };
}
