import { type AddressRecord, emptyRecord } from '../../lib/policy/address-record.ts';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { driftOf } from '../../lib/policy/drift.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { CorruptItemError, type Item } from '../../lib/store/items/item.ts';
import { readRecordItem } from '../../lib/store/items/record-item.ts';
import type { Drift } from './findings.ts';

/** An address as one account has it stored; the account's item is undefined where there is none. */
export interface StoredAddress {
  readonly account: string;
  readonly item: Item | undefined;
  readonly status: AddressStatus;
}

export interface Judged {
  readonly drifts: readonly ItemDrift[];
  /** Null when the account's item does not read. */
  readonly record: AddressRecord | null;
}

export interface ItemDrift {
  readonly drift: Drift;
  readonly detail: string | null;
}

/** Everything that is wrong with what is stored of an address for one account. */
export function judge(
  { account, item, status }: StoredAddress,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Judged {
  try {
    const record = item === undefined ? emptyRecord(account) : readAnyRecord(item, { account, now });
    const listing = item === undefined ? null : listingDrift(item);
    const drifts = [...(listing === null ? [] : [listing]), ...driftOf({ record, status }, { policy, now })];
    return { record, drifts: drifts.map((drift) => ({ drift, detail: null })) };
  } catch (error) {
    return { record: null, drifts: [unreadable(error)] };
  }
}

/** The drift that an item does not read. Throws what is another error. */
export function unreadable(error: unknown): ItemDrift {
  if (error instanceof CorruptItemError) return { drift: 'unreadable', detail: error.message };
  throw error;
}

/** An account's item is in the index by `suppressedAt`, and must be there exactly when it holds a suppression. */
export function listingDrift(item: Item): 'unlisted' | 'listed_in_vain' | null {
  const isSuppressed = item['suppression'] !== undefined;
  const isListed = item['suppressedAt'] !== undefined;
  if (isSuppressed === isListed) return null;
  return isSuppressed ? 'unlisted' : 'listed_in_vain';
}

/** Reads an account's item, also one that lacks its place in the index. */
function readAnyRecord(item: Item, { account, now }: { account: string; now: Instant }): AddressRecord {
  const isUnlisted = listingDrift(item) === 'unlisted';
  const record = readRecordItem(isUnlisted ? { ...item, suppressedAt: toIso(now) } : item);
  if (record.account !== account) {
    throw new CorruptItemError('account item: "account" must be that of its key.');
  }
  return record;
}
