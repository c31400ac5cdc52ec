import { withErasure } from './address-event.ts';
import { type AddressRecord, emptyRecord, type NamedAddress, withAddress } from './address-record.ts';
import { type AddressStatus, withRecord } from './address-status.ts';
import { releaseFacts } from './facts.ts';
import { requestRemoval } from './ses-removal.ts';
import type { Instant } from './time.ts';

/** What an operator asks for. */
export interface ReleaseRequest {
  /** As the path names it; null when it names a row's id. */
  readonly address: NamedAddress | null;
  /** Whose own suppression ends as well; null for nobody's. */
  readonly account: string | null;
  readonly by: string;
  readonly reason: string;
}

/** A release as it is kept. */
export interface Release {
  /** Everything sent until then is lifted. No two releases of an address have the same. */
  readonly releasedAt: Instant;
  readonly by: string;
  /** Null after an erasure. */
  readonly reason: string | null;
  readonly account: string | null;
}

/**
 * An address as all accounts see it. The status is read before the records: whoever changes what stands in one of them
 * after that changes the status's version too.
 */
export interface WholeAddress {
  readonly status: AddressStatus;
  /** Of every account that has one. */
  readonly records: readonly AddressRecord[];
}

/** What must still hold when a release is written. The store turns each into one condition. */
export type ReleaseGuard =
  | { readonly guard: 'status_as_read'; readonly version: number }
  | { readonly guard: 'record_as_read'; readonly version: number };

export interface ReleaseContext {
  /** The moment after the address was read: everything sent until then is known, and lifted. */
  readonly now: Instant;
  /** Whether SES is asked to take the address off its account list, on which every hard bounce has put it. */
  readonly asksSes: boolean;
}

export interface DecidedRelease {
  readonly release: Release;
  readonly status: { readonly before: AddressStatus; readonly after: AddressStatus };
  /** Of the named account. */
  readonly record: { readonly before: AddressRecord; readonly after: AddressRecord } | null;
  readonly guards: readonly ReleaseGuard[];
}

/**
 * Decides a release: the global bounce ends, every report before it is void, and the named account's own suppression
 * ends. It is written whether or not anything blocks, so that mail in flight cannot bring back what it voids.
 */
export function decideRelease(
  request: ReleaseRequest,
  { status, records }: WholeAddress,
  { now, asksSes }: ReleaseContext,
): DecidedRelease {
  const { account, by, reason } = request;
  const releasedAt = Math.max(now, (status.releasedAt ?? -1) + 1);
  const before =
    account === null ? null : (records.find((one) => one.account === account) ?? emptyRecord(account));
  const record = before && { before, after: releaseRecord(request, before, { status, releasedAt }) };
  return {
    release: { releasedAt, by, reason, account },
    status: {
      before: status,
      after: releaseStatus(status, {
        // The last of an account's records counts.
        records: record ? [...records, record.after] : records,
        releasedAt,
        asksSes,
      }),
    },
    record,
    guards: [
      { guard: 'status_as_read', version: status.version },
      ...(before === null ? [] : [{ guard: 'record_as_read', version: before.version } as const]),
    ],
  };
}

interface ReleasedAddress {
  readonly records: readonly AddressRecord[];
  readonly releasedAt: Instant;
  readonly asksSes: boolean;
}

/** Nothing stands at that moment: a bounce of mail from the future is read as of now, and so is lifted as well. */
function releaseRecord(
  { address }: ReleaseRequest,
  before: AddressRecord,
  { status, releasedAt }: { readonly status: AddressStatus; readonly releasedAt: Instant },
): AddressRecord {
  const known = address === null ? before : withAddress(withErasure(before, status), address);
  return { ...known, facts: releaseFacts(before.facts, releasedAt), suppression: null };
}

/** What each account suppresses itself comes back to the status, which a global bounce had spared it. */
function releaseStatus(
  status: AddressStatus,
  { records, releasedAt, asksSes }: ReleasedAddress,
): AddressStatus {
  const released: AddressStatus = {
    ...status,
    global: null,
    deadReports: new Map(),
    releasedAt,
    ses: asksSes ? requestRemoval(status.ses, releasedAt) : status.ses,
  };
  return records.reduce(withRecord, released);
}
