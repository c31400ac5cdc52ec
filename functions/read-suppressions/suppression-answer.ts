import { toRefusalBody } from '../../lib/http/refusals.ts';
import {
  bounceAnswer,
  identityCheckOf,
  isoOrNull,
  layersAnswer,
  quotaAnswer,
} from '../../lib/http/representations.ts';
import type { AddressRecord, Unbounce } from '../../lib/policy/address-record.ts';
import { layersAbove } from '../../lib/policy/layers-above.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { quotaOf } from '../../lib/policy/quota.ts';
import { reasonOf } from '../../lib/policy/reason.ts';
import { unexpired } from '../../lib/policy/standing.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { explainUnbounce, type UnbounceSnapshot } from '../../lib/policy/unbounce.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';

export interface SuppressionQuestion {
  readonly id: string;
  /** What the caller named, or the stored one when the caller gave the id. */
  readonly address: string | null;
  readonly snapshot: UnbounceSnapshot;
  readonly policy: Policy;
  readonly now: Instant;
}

/** The answer of `GET /v1/accounts/{account}/suppressions/{address}`. */
export function suppressionAnswer({ id, address, snapshot, policy, now }: SuppressionQuestion) {
  const { account, record, status, used } = snapshot;
  const verdict = verdictOf(status, { account: account.id, now });
  const standing = unexpired(record.suppression?.standing ?? [], now);
  const [first] = standing;
  const row = first === undefined ? null : policy.rows[first.key];
  const refusals = explainUnbounce(snapshot, { policy, now });
  return {
    id,
    address,
    erased: record.erasedAt !== null && record.address === null,
    suppressed: verdict.rule !== 'P1',
    verdict: verdict.rule,
    reason: first === undefined ? null : reasonOf(first.key),
    meaning: row?.meaning ?? null,
    advice: row?.advice ?? null,
    rule: first?.rule ?? null,
    policyVersion: record.suppression?.policyVersion ?? null,
    suppressedAt: first === undefined ? null : isoOrNull(record.suppression?.suppressedAt ?? null),
    until: verdict.rule === 'P1' ? null : isoOrNull(verdict.until),
    standing: standing.map(({ key, rule, until }) => ({
      reason: reasonOf(key),
      rule,
      until: isoOrNull(until),
    })),
    bounces: record.bounces.map(bounceAnswer),
    strikes: strikesAnswer(record),
    layers: layersAnswer(snapshot, now),
    blockedBy: layersAbove(status, { account: account.id, now }).map(({ until, ...layer }) => ({
      ...layer,
      until: isoOrNull(until),
    })),
    unbounce: {
      allowed: refusals.length === 0,
      refusals: refusals.map(toRefusalBody),
      granted: record.unbounce === null ? null : grantedAnswer(record.unbounce),
      identityCheck: identityCheckOf(account),
      quota: quotaAnswer(quotaOf({ contacts: account.contacts, used, now })),
    },
  };
}

function strikesAnswer({ facts }: AddressRecord) {
  return Object.entries(facts.strikes).flatMap(([key, days]) =>
    Object.keys(days)
      .sort()
      .map((day) => ({ reason: key, day })),
  );
}

function grantedAnswer({ unbouncedAt, by, evidence }: Unbounce) {
  return { unbouncedAt: toIso(unbouncedAt), by, evidence };
}
