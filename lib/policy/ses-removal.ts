import type { AddressRecord } from './address-record.ts';
import type { AddressStatus } from './address-status.ts';
import type { Bounce } from './bounce.ts';
import type { Facts } from './facts.ts';
import { effectOf, type Policy } from './policy.ts';
import {
  addMark,
  NO_LAYER_FACTS,
  type Removal,
  readLayer,
  removalInForce,
  type SesFacts,
  type SesLayerFacts,
} from './ses-layers.ts';
import { HOUR_IN_MS, type Instant } from './time.ts';

/** How many SES tenants of one address are kept; no real address has as many. */
const KEPT_TENANTS = 5;
/** SES may list an address somewhat later than it reports the bounce. */
const LISTED_WITHIN_IN_MS = HOUR_IN_MS / 4;

/** Asks SES to take the address off its account list; the very same facts when a later request covers this one. */
export function requestRemoval(ses: SesFacts, requestedAt: Instant): SesFacts {
  const { removal } = accountList(ses);
  return removal !== null && removal.requestedAt >= requestedAt
    ? ses
    : changed(ses, { removal: { requestedAt, state: 'pending' } });
}

/** The facts with these tenants among those whose lists may hold the address; the very same when they are known. */
export function withTenants(ses: SesFacts, named: readonly string[]): SesFacts {
  const { tenants } = accountList(ses);
  const all = [...new Set([...tenants, ...named])].sort().slice(0, KEPT_TENANTS);
  return all.join() === tenants.join() ? ses : changed(ses, { tenants: all });
}

/** Since when a removal waits for SES; null when none does. */
export function openRemoval(ses: SesFacts): Instant | null {
  const removal = removalInForce(accountList(ses));
  return removal?.state === 'pending' ? removal.requestedAt : null;
}

/** What became of a request: `kept` on the list, since nobody is left for whom to remove it. */
export type Settlement = Exclude<Removal['state'], 'pending'> | 'kept';

/** Ends the requests made until a moment; a later one stays open, and the very same facts come back. */
export function settleRemoval(
  ses: SesFacts,
  { until, settlement }: { readonly until: Instant; readonly settlement: Settlement },
): SesFacts {
  const open = openRemoval(ses);
  if (open === null || open > until) {
    return ses;
  }
  return changed(ses, {
    removal: settlement === 'kept' ? null : { requestedAt: until, state: settlement },
  });
}

/** An entry of SES's account list, as it was read. */
export interface Listing {
  readonly listedFor: 'bounce' | 'complaint';
  readonly listedAt: Instant;
  readonly readAt: Instant;
}

/**
 * What an entry of SES's list means: it blocks. After a confirmed removal that must have failed, it is to be removed again;
 * what SES has listed since then is news, and blocks. The very same facts when it is known or being removed.
 */
export function applyListing(
  ses: SesFacts,
  { listedFor, listedAt, readAt }: Listing,
  { isSimulator }: { isSimulator: boolean },
): SesFacts {
  const reading = readAccountList(ses, readAt);
  const isKnown =
    reading.state === 'blocked' && (reading.listedFor === 'complaint' || listedFor === 'bounce');
  if (isKnown || (reading.state === 'pending' && listedFor === 'bounce')) {
    return ses;
  }
  const { removal } = accountList(ses);
  const isNews = removal?.state === 'confirmed' && listedAt > removal.requestedAt + LISTED_WITHIN_IN_MS;
  const mark = { layer: 'sesAccountList', sentAt: readAt, markedAt: listedAt, listedFor } as const;
  return addMark(isNews ? changed(ses, { removal: null }) : ses, mark, { isSimulator });
}

/** What a reading of SES's list, begun at that moment, has made of the account list's mark. */
export function foundSince(
  ses: SesFacts,
  readSince: Instant,
): 'blocked' | 'asked_again' | 'ended' | 'nothing' {
  const { mark } = accountList(ses);
  if (mark === null) {
    return 'nothing';
  }
  if ((mark.sentAt ?? 0) >= readSince) {
    return openRemoval(ses) === null ? 'blocked' : 'asked_again';
  }
  return mark.until === readSince ? 'ended' : 'nothing';
}

/** Ends the block of an address that a whole reading of SES's list, begun at that moment, no longer found. */
export function endListing(ses: SesFacts, readSince: Instant): SesFacts {
  const { mark } = accountList(ses);
  const isOlder = mark !== null && mark.until === null && (mark.sentAt ?? 0) < readSince;
  return isOlder && readAccountList(ses, readSince).state === 'blocked'
    ? changed(ses, { mark: { ...mark, until: readSince } })
    : ses;
}

/** Whether the account list blocks the address at a moment, for all accounts alike. */
export function readAccountList(ses: SesFacts, now: Instant) {
  return readLayer(ses, { layer: 'sesAccountList', account: '', now });
}

/** What is to be done for an address with an open removal. */
export type RemovalPlan =
  | { readonly plan: 'nothing' | 'keep' | 'unknown_spelling' }
  | {
      readonly plan: 'remove';
      readonly requestedAt: Instant;
      /** Canonical. */
      readonly address: string;
      /** As SES may hold it, the canonical one among them. */
      readonly spellings: readonly string[];
      readonly tenants: readonly string[];
    };

/**
 * Plans a removal. The address stays listed where it is dead for all, or blocked for good by one account and none is left
 * that may send: an unbounce was followed by a new bounce. After an erasure nobody knows what to ask SES for.
 */
export function planRemoval(
  { status, records }: { readonly status: AddressStatus; readonly records: readonly AddressRecord[] },
  policy: Policy,
): RemovalPlan {
  const requestedAt = openRemoval(status.ses);
  if (requestedAt === null) {
    return { plan: 'nothing' };
  }
  const isHeldIn = (record: AddressRecord) => isHeldForGood(record, status.releasedAt);
  const maySendFor = (record: AddressRecord) => !isHeldIn(record) && isToBeSent(record, policy);
  const isHeld = records.some(isHeldIn) && !records.some(maySendFor);
  if (status.global !== null || isHeld) {
    return { plan: 'keep' };
  }
  const address = records.find((record) => record.address !== null)?.address ?? null;
  if (address === null) {
    return { plan: 'unknown_spelling' };
  }
  const spellings = [...new Set([address, ...records.flatMap((record) => record.spellings)])];
  return { plan: 'remove', requestedAt, address, spellings, tenants: accountList(status.ses).tenants };
}

/** Whether SES calls the bounce permanent: whatever the reply says, SES then lists the address. */
export function isListedBySes({ bounceType }: Pick<Bounce, 'bounceType'>): boolean {
  return bounceType?.toLowerCase() === 'permanent';
}

/** A release by the operator says that the address lives, whatever was sent until then. */
function isHeldForGood({ suppression }: AddressRecord, releasedAt: Instant | null): boolean {
  return (suppression?.standing ?? []).some(
    ({ until, sentAt }) => until === null && sentAt > (releasedAt ?? -1),
  );
}

/** Whether somebody has lifted the address for the account, or SES lists it for a bounce of it that does not count. */
function isToBeSent({ facts, bounces }: AddressRecord, policy: Policy): boolean {
  const isForNothing = (bounce: Bounce) =>
    isListedBySes(bounce) && effectOf(policy, bounce.key, bounce.permanence) !== 'hard';
  return isLifted(facts) || bounces.some(isForNothing);
}

function isLifted({ unbouncedAt, releasedAt, corrections }: Facts): boolean {
  return unbouncedAt !== null || releasedAt !== null || Object.keys(corrections).length > 0;
}

function accountList(ses: SesFacts): SesLayerFacts {
  return ses.sesAccountList ?? NO_LAYER_FACTS;
}

function changed(ses: SesFacts, changes: Partial<SesLayerFacts>): SesFacts {
  return { ...ses, sesAccountList: { ...accountList(ses), ...changes } };
}
