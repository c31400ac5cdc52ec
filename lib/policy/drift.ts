import { type AddressRecord, withSuppression } from './address-record.ts';
import { type AddressSnapshot, type AddressStatus, type StandingMark, withRecord } from './address-status.ts';
import type { Policy } from './policy.ts';
import { SIMULATOR_RULE } from './policy-table.ts';
import { isSimulatorAddress } from './simulator.ts';
import { type Standing, standingOf, unexpired } from './standing.ts';
import type { Instant } from './time.ts';

/** How what an address's items hold differs from what its facts say now. What has ended by itself is no difference. */
export const ADDRESS_DRIFTS = [
  /** A reason stands by the facts, and the account's item does not hold it. */
  'suppression_missing',
  /** The account's item holds a reason for which there is no fact. */
  'suppression_unfounded',
  /** The reasons are the same, and the rule, the end or the evidence of one is not, or their order. */
  'suppression_differs',
  /** The item that answers the filter lacks a reason: the address is sent to although it must not be. */
  'status_missing',
  /** The item that answers the filter holds a reason that does not stand. */
  'status_unfounded',
  /** The reasons are the same, and the rule or the end of one is not, or their order. */
  'status_differs',
  /** The item that answers the filter blocks for an account that has no item: its facts are lost. */
  'status_without_record',
] as const;
export type AddressDrift = (typeof ADDRESS_DRIFTS)[number];

const MARK_MEMBERS: (keyof StandingMark)[] = ['rule', 'until'];
const DECISION_MEMBERS: (keyof Standing)[] = [
  'rule',
  'until',
  'sentAt',
  'bouncedAt',
  'feedbackId',
  'status',
  'campaign',
];

interface DriftContext {
  readonly policy: Policy;
  readonly now: Instant;
}

/** What an account's item comes to. */
interface RecordDrift {
  readonly drifts: readonly AddressDrift[];
  /** What the status item must hold for the account. */
  readonly expected: readonly StandingMark[];
}

/**
 * Decides the suppression again from the facts. Under the rule set that decided it, it must come out the same. A later
 * rule set may judge strikes otherwise, so only hard bounces are compared then, which stand under every rule set.
 */
function recordDrift(record: AddressRecord, { policy, now }: DriftContext): RecordDrift {
  const derived = standingOf(record.facts, { policy, now, isSimulator: isSimulator(record) });
  const held = unexpired(record.suppression?.standing ?? [], now);
  const drift = isDecidedBy(record, policy)
    ? compare(held, derived, DECISION_MEMBERS)
    : compare(held.filter(isByHardBounce), derived.filter(isByHardBounce), []);
  return drift === null
    ? { drifts: [], expected: held }
    : { drifts: [`suppression_${drift}`], expected: derived };
}

/** Compares what the status item holds for an account with what it must hold: nothing while a global bounce stands. */
function statusDrift(
  { suppressedBy, global }: Pick<AddressStatus, 'suppressedBy' | 'global'>,
  { account, expected, now }: Expectation,
): readonly AddressDrift[] {
  if (global !== null) {
    return [];
  }
  const held = unexpired(suppressedBy.get(account) ?? [], now);
  const drift = compare(held, expected, MARK_MEMBERS);
  return drift === null ? [] : [`status_${drift}`];
}

interface Expectation {
  readonly account: string;
  readonly expected: readonly StandingMark[];
  readonly now: Instant;
}

/** All that differs for one address and account. */
export function driftOf({ record, status }: AddressSnapshot, context: DriftContext): readonly AddressDrift[] {
  const { account } = record;
  const { drifts, expected } = recordDrift(record, context);
  const mirrored = statusDrift(status, { account, expected, now: context.now });
  return record.version === 0 && mirrored.length > 0 ? ['status_without_record'] : [...drifts, ...mirrored];
}

/**
 * The address without the drift; the very same object when there is none. A block whose facts are lost stays: nothing is
 * left that could tell it from a good one.
 */
export function withoutDrift(snapshot: AddressSnapshot, context: DriftContext): AddressSnapshot {
  const drifts = driftOf(snapshot, context);
  if (drifts.length === 0 || drifts.includes('status_without_record')) {
    return snapshot;
  }
  const isDecidedAgain = drifts.some((drift) => drift.startsWith('suppression_'));
  const record = isDecidedAgain
    ? withSuppression(snapshot.record, { ...context, isSimulator: isSimulator(snapshot.record) })
    : snapshot.record;
  return { record, status: withRecord(snapshot.status, record) };
}

/** Whether the rule set is the one that decided; of no suppression nobody knows who decided it. */
export function isDecidedBy({ suppression }: AddressRecord, policy: Policy): boolean {
  return suppression === null || suppression.policyVersion === policy.version;
}

/** After an erasure only the rule tells that the address was the simulator's. */
function isSimulator({ address, suppression }: AddressRecord): boolean {
  return address === null
    ? (suppression?.standing ?? []).some(({ rule }) => rule === SIMULATOR_RULE)
    : isSimulatorAddress(address);
}

function isByHardBounce({ until, rule }: Standing): boolean {
  return until === null || rule === SIMULATOR_RULE;
}

function compare<T extends StandingMark>(
  held: readonly T[],
  expected: readonly T[],
  members: string[],
): 'missing' | 'unfounded' | 'differs' | null {
  if (expected.some(({ key }) => !held.some((other) => other.key === key))) {
    return 'missing';
  }
  if (held.some(({ key }) => !expected.some((other) => other.key === key))) {
    return 'unfounded';
  }
  return JSON.stringify(held, members) === JSON.stringify(expected, members) ? null : 'differs';
}
