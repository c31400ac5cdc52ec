import type { AddressRecord, Suppression } from './address-record.ts';
import type { AddressStatus } from './address-status.ts';
import { type Reason, reasonOf } from './reason.ts';
import { lastEnd } from './standing.ts';
import type { Instant } from './time.ts';

/** Enhanced status codes, RFC 3463 section 2. */
const STATUS_CODE = /[245]\.\d{1,3}\.\d{1,3}/;

/** What others are told of an address: `at` is the moment as it is stored, so that it stays the same however often it is told. */
export type Announcement =
  | {
      readonly type: 'Address Suppressed';
      /** `prolonged` when the suppression stood already and now ends later, or not at all. */
      readonly change: 'began' | 'prolonged';
      readonly account: string;
      /** Null where none is known, and after an erasure. */
      readonly address: string | null;
      readonly reason: Reason;
      readonly rule: string;
      readonly policyVersion: string;
      /** When it ends by itself, as far as is known then; null when it does not. */
      readonly until: Instant | null;
      readonly campaign: string | null;
      readonly status: string | null;
      readonly bouncedAt: Instant | null;
      /** Since when it stands. */
      readonly at: Instant;
    }
  | {
      readonly type: 'Address Unbounced';
      readonly account: string;
      readonly address: string | null;
      /** What was lifted; null when only a layer blocked. */
      readonly reason: string | null;
      readonly rule: string | null;
      readonly at: Instant;
    }
  | {
      readonly type: 'Global Bounce Declared' | 'Global Bounce Released';
      readonly rule: string;
      readonly at: Instant;
    };

/** What there is to tell when an account's record changed: a suppression that began or lasts longer, and a granted unbounce. */
export function announceRecord(before: AddressRecord, after: AddressRecord): readonly Announcement[] {
  const known = { account: after.account, address: after.erasedAt === null ? after.address : null };
  const { suppression, unbounce } = after;
  const change = suppression && changeOf(before.suppression, suppression);
  const isGranted = unbounce !== null && unbounce.unbouncedAt !== before.unbounce?.unbouncedAt;
  return [
    ...(suppression && change ? [{ ...known, change, ...suppressed(suppression) }] : []),
    ...(isGranted
      ? [
          {
            ...known,
            type: 'Address Unbounced' as const,
            reason: unbounce.lifted?.reason ?? null,
            rule: unbounce.lifted?.rule ?? null,
            at: unbounce.unbouncedAt,
          },
        ]
      : []),
  ];
}

/**
 * What there is to tell when a status changed: a global bounce, and its end by a release or a correction.
 *
 * @param changedAt when the change was stored: of an end by a correction the status keeps no time.
 */
export function announceStatus(
  before: AddressStatus,
  after: AddressStatus,
  changedAt: Instant,
): readonly Announcement[] {
  if (before.global === null && after.global !== null) {
    const { rule, declaredAt: at } = after.global;
    return [{ type: 'Global Bounce Declared', rule, at }];
  }
  if (before.global !== null && after.global === null) {
    const isReleased = after.releasedAt !== null && after.releasedAt !== before.releasedAt;
    const at = isReleased ? after.releasedAt : changedAt;
    return [{ type: 'Global Bounce Released', rule: before.global.rule, at }];
  }
  return [];
}

/** Null when it says nothing new: a further reason that ends no later is none. */
function changeOf(before: Suppression | null, after: Suppression): 'began' | 'prolonged' | null {
  if (before === null || before.suppressedAt !== after.suppressedAt) {
    return 'began';
  }
  return endOf(after) > endOf(before) ? 'prolonged' : null;
}

function endOf({ standing }: Suppression): Instant {
  return lastEnd(standing) ?? Number.POSITIVE_INFINITY;
}

function suppressed({ standing, suppressedAt, policyVersion }: Suppression) {
  const [first] = standing;
  if (first === undefined) {
    throw new RangeError('A suppression has at least one reason.');
  }
  const { key, rule, campaign, bouncedAt } = first;
  return {
    type: 'Address Suppressed' as const,
    reason: reasonOf(key),
    rule,
    policyVersion,
    until: lastEnd(standing),
    campaign,
    // A receiver may write anything there, addresses too.
    status: STATUS_CODE.exec(first.status ?? '')?.[0] ?? null,
    bouncedAt,
    at: suppressedAt,
  };
}
