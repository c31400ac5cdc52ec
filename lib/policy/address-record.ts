import type { Bounce } from './bounce.ts';
import { compareTellings, compareText } from './bounce-order.ts';
import { addBounce, type Facts, NO_FACTS, sentAtOf } from './facts.ts';
import { isSimulatorAddress } from './simulator.ts';
import { type Standing, type StandingContext, standingOf, unexpired } from './standing.ts';
import type { Instant, Month } from './time.ts';

/** How many of an address's bounces are kept with their diagnostics. */
export const KEPT_BOUNCES = 10;
const KEPT_SPELLINGS = 5;

/** An address that the account does not send to: since when it is recorded, by which rule set, and why. */
export interface Suppression {
  readonly suppressedAt: Instant;
  readonly policyVersion: string;
  /** Never empty; the reason that forbids most comes first. Some may have ended since it was written. */
  readonly standing: readonly Standing[];
}

/** What a caller says in favour of an address. */
export interface Evidence {
  readonly kind: string;
  readonly note: string;
}

/** The one unbounce that an address gets in an account. */
export interface Unbounce {
  readonly unbouncedAt: Instant;
  /** Whose quota it used: that of its request, which may have been received just before the month's end. */
  readonly month: Month;
  readonly by: string;
  readonly evidence: Evidence | null;
  readonly idempotencyKey: string | null;
  /** The reason that was lifted; null when only a layer blocked. */
  readonly lifted: { readonly reason: string; readonly rule: string } | null;
}

/** What one account knows of one address: the item `account#<id>`. */
export interface AddressRecord {
  /** 0 when there is no item. */
  readonly version: number;
  readonly account: string;
  /** The readable canonical address; null before the first bounce and after an erasure. */
  readonly address: string | null;
  /** As SES reported it and as it was sent to: SES's own list is matched by exact case. */
  readonly spellings: readonly string[];
  readonly facts: Facts;
  /** The last distinct ones, newest first. */
  readonly bounces: readonly Bounce[];
  readonly suppression: Suppression | null;
  readonly unbounce: Unbounce | null;
  readonly erasedAt: Instant | null;
}

export function emptyRecord(account: string): AddressRecord {
  return {
    version: 0,
    account,
    address: null,
    spellings: [],
    facts: NO_FACTS,
    bounces: [],
    suppression: null,
    unbounce: null,
    erasedAt: null,
  };
}

/** An address as somebody wrote it. */
export interface NamedAddress {
  /** Canonical. */
  readonly address: string;
  readonly spellings: readonly string[];
}

/** The record with its readable address, where it has none and nobody had it erased; else the very same object. */
export function withAddress(record: AddressRecord, { address, spellings }: NamedAddress): AddressRecord {
  return record.address !== null || record.erasedAt !== null
    ? record
    : { ...record, address, spellings: withSpellings(record.spellings, spellings) };
}

/** The record with further spellings of its address; the very same object when they are known. */
export function withMoreSpellings(record: AddressRecord, reported: readonly string[]): AddressRecord {
  const spellings = withSpellings(record.spellings, reported);
  return spellings === record.spellings ? record : { ...record, spellings };
}

/** One bounce of an address, as it reaches an account. */
export interface BounceReport extends NamedAddress {
  readonly bounce: Bounce;
}

/** The record after a bounce; the very same object when it tells nothing new. */
export function recordBounce(
  record: AddressRecord,
  { address, spellings, bounce }: BounceReport,
  context: Omit<StandingContext, 'isSimulator'>,
): AddressRecord {
  const mayWriteText = record.erasedAt === null || sentAtOf(bounce) > record.erasedAt;
  const kept = mayWriteText ? bounce : { ...bounce, diagnostic: null };
  const next: AddressRecord = {
    ...record,
    address: mayWriteText ? address : record.address,
    spellings: mayWriteText ? withSpellings(record.spellings, spellings) : record.spellings,
    facts: addBounce(record.facts, bounce, context),
    bounces: withBounce(record.bounces, kept),
  };
  const isUnchanged =
    next.address === record.address &&
    next.spellings === record.spellings &&
    next.facts === record.facts &&
    next.bounces === record.bounces;
  return isUnchanged
    ? record
    : withSuppression(next, { ...context, isSimulator: isSimulatorAddress(address) });
}

/** The record with its suppression decided again from its facts. */
export function withSuppression(record: AddressRecord, context: StandingContext): AddressRecord {
  const standing = standingOf(record.facts, context);
  if (standing.length === 0) {
    return { ...record, suppression: null };
  }
  const { suppression: before } = record;
  const suppressedAt =
    before !== null && unexpired(before.standing, context.now).length > 0 ? before.suppressedAt : context.now;
  return { ...record, suppression: { suppressedAt, policyVersion: context.policy.version, standing } };
}

function withSpellings(known: readonly string[], reported: readonly string[]): readonly string[] {
  const all = [...new Set([...known, ...reported])].sort().slice(0, KEPT_SPELLINGS);
  return all.every((spelling, index) => spelling === known[index]) ? known : all;
}

function withBounce(known: readonly Bounce[], bounce: Bounce): readonly Bounce[] {
  const same = known.find((other) => compareBounces(other, bounce) === 0);
  if (same !== undefined && compareTellings(bounce, same) <= 0) {
    return known;
  }
  const others = known.filter((other) => other !== same);
  const all = [...others, bounce].sort(compareBounces).slice(0, KEPT_BOUNCES);
  return all.includes(bounce) ? all : known;
}

/** Newest first; 0 for two tellings of the same bounce. */
function compareBounces(a: Bounce, b: Bounce): number {
  return (
    (b.bouncedAt ?? 0) - (a.bouncedAt ?? 0) ||
    compareText(b.feedbackId, a.feedbackId) ||
    compareText(a.key, b.key)
  );
}
