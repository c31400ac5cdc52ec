import type { Account } from '../../lib/policy/account.ts';
import { type AddressRecord, emptyRecord, recordBounce } from '../../lib/policy/address-record.ts';
import { type AddressStatus, NO_STATUS, withRecord } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { withDeadReport } from '../../lib/policy/dead-report.ts';
import type { SesLayer } from '../../lib/policy/layer.ts';
import { loadPolicy, type Policy } from '../../lib/policy/policy.ts';
import { NO_LAYER_FACTS, type SesFacts, type SesLayerFacts } from '../../lib/policy/ses-layers.ts';
import { DAY_IN_MS, HOUR_IN_MS, type Instant } from '../../lib/policy/time.ts';
import type {
  GrantedUnbounce,
  UnbounceDecision,
  UnbounceRequest,
  UnbounceSnapshot,
} from '../../lib/policy/unbounce.ts';

export const ACCOUNT = 'acme';
export const ADDRESS = 'ada@example.com';
export const POLICY: Policy = loadPolicy();

/** Noon of a day in the middle of a month. */
export const NOW: Instant = Date.parse('2026-11-23T12:00:00Z');

export function hoursAfter(hours: number, start: Instant = NOW): Instant {
  return start + hours * HOUR_IN_MS;
}

export function daysAfter(days: number, start: Instant = NOW): Instant {
  return start + days * DAY_IN_MS;
}

export function aBounce(changes: Partial<Bounce> = {}): Bounce {
  const sentAt = changes.sentAt === undefined ? hoursAfter(-2) : changes.sentAt;
  return {
    key: 'policy',
    permanence: 'permanent',
    classifiedBy: 'test',
    feedbackId: `feedback-${sentAt}`,
    messageId: `message-${sentAt}`,
    campaign: 'spring',
    sentAt,
    bouncedAt: sentAt === null ? null : sentAt + 60_000,
    bounceType: null,
    bounceSubType: null,
    status: null,
    diagnostic: null,
    ...changes,
  };
}

/** One address as an account sees it: the two items that a bounce may touch. */
export interface Seen {
  readonly record: AddressRecord;
  readonly status: AddressStatus;
}

export function aRecord(changes: Partial<AddressRecord> = {}): AddressRecord {
  return { ...emptyRecord(ACCOUNT), ...changes };
}

export function aStatus(changes: Partial<AddressStatus> = {}): AddressStatus {
  return { ...NO_STATUS, ...changes };
}

export interface ReportContext {
  readonly address?: string;
  readonly spellings?: readonly string[];
  readonly policy?: Policy;
  readonly now?: Instant;
}

/** Both items after these bounces, one after the other. */
export function afterBounces(
  bounces: readonly Bounce[],
  { address = ADDRESS, spellings = [address], policy = POLICY, now = NOW }: ReportContext = {},
  seen: Seen = { record: aRecord(), status: aStatus() },
): Seen {
  return bounces.reduce(({ record, status }, bounce) => {
    const next = recordBounce(record, { address, spellings, bounce }, { policy, now });
    const reported = withDeadReport(status, { record: next, address, bounce }, { policy, now });
    return { record: next, status: withRecord(reported, next) };
  }, seen);
}

export function sesFacts(layer: SesLayer, changes: Partial<SesLayerFacts>): SesFacts {
  return { [layer]: { ...NO_LAYER_FACTS, ...changes } };
}

export function anAccount(changes: Partial<Account> = {}): Account {
  return {
    id: ACCOUNT,
    version: 3,
    contacts: 100,
    sendingIdentities: [{ name: 'acme.example', verification: 'verified', checkedAt: NOW }],
    ...changes,
  };
}

export function aRequest(changes: Partial<UnbounceRequest> = {}): UnbounceRequest {
  return {
    address: null,
    namesOneAddress: true,
    isConfirmed: true,
    by: 'anna',
    evidence: { kind: 'phone', note: 'She read us the address.' },
    idempotencyKey: null,
    ...changes,
  };
}

/** An address with one permanent policy bounce, of an account that may unbounce it. */
export function aSnapshot(changes: Partial<UnbounceSnapshot> = {}): UnbounceSnapshot {
  return { account: anAccount(), ...afterBounces([aBounce()]), used: 0, ...changes };
}

/** What is read after a grant was written: both items with the next version. */
export function afterGrant(
  snapshot: UnbounceSnapshot,
  { record, status }: GrantedUnbounce,
): UnbounceSnapshot {
  return {
    account: snapshot.account,
    record: { ...record.after, version: record.before.version + 1 },
    status: { ...status.after, version: status.before.version + 1 },
    used: snapshot.used + 1,
  };
}

export function granted(decision: UnbounceDecision): GrantedUnbounce {
  if (decision.outcome !== 'granted') {
    throw new Error(`Expected a grant, not ${JSON.stringify(decision)}.`);
  }
  return decision;
}
