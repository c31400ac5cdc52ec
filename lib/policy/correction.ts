import { type AddressRecord, emptyRecord, withSuppression } from './address-record.ts';
import { type AddressStatus, withRecord } from './address-status.ts';
import { type KeptFor, type MeantBounces, weighEvidence } from './correction-evidence.ts';
import { DEAD_REASONS, reportDaysOf, reviewGlobalBounce, withReportsOf } from './dead-report.ts';
import { correctFacts } from './facts.ts';
import type { Policy } from './policy.ts';
import { domainOf, providerOf } from './provider.ts';
import { type FactKey, type Reason, reasonOf } from './reason.ts';
import type { WholeAddress } from './release.ts';
import { requestRemoval } from './ses-removal.ts';
import { isSimulatorAddress } from './simulator.ts';
import { type Standing, type StandingContext, standingOf } from './standing.ts';
import { dayOf, type Instant, startOfDay } from './time.ts';

/** What an operator takes back: the bounces of a window in which a provider, or the sender, was at fault. */
export interface Correction extends MeantBounces {
  /** Null for every reason but complaints. */
  readonly reason: Reason | null;
  /** The policy rule that decided; null for any. */
  readonly rule: string | null;
  /** Canonical; that of a provider means all of its domains. Null for any. */
  readonly domain: string | null;
}

/** A reason that stays. */
export interface KeptReason extends Standing {
  readonly keptFor: KeptFor;
}

export interface CorrectionContext {
  readonly policy: Policy;
  /** The moment after the address was read. */
  readonly now: Instant;
  /** Whether SES is asked to take the address off its account list, on which every hard bounce has put it. */
  readonly asksSes: boolean;
}

export interface DecidedCorrection {
  /** What stood for the account and ends; nothing is to be written when there is none. */
  readonly lifted: readonly Standing[];
  readonly kept: readonly KeptReason[];
  readonly status: { readonly before: AddressStatus; readonly after: AddressStatus };
  readonly record: { readonly before: AddressRecord; readonly after: AddressRecord };
  /** Records of other accounts whose reports were weighed: they must still be as read when this is written. */
  readonly weighed: readonly AddressRecord[];
}

/**
 * Decides what one address loses by a correction of one account. A reason ends when every bounce of it that the record still
 * tells is meant; its cut-off is the end of the window, so that nothing brings it back that was sent until then. Neither the
 * quota nor the one unbounce is used. A global bounce ends where the reports that are left would not declare it.
 *
 * @param whole the records of all accounts where a global bounce stands; else that of the account is enough.
 */
export function decideCorrection(
  { account, correction }: { readonly account: string; readonly correction: Correction },
  { status, records }: WholeAddress,
  { policy, now, asksSes }: CorrectionContext,
): DecidedCorrection {
  const before = records.find((record) => record.account === account) ?? emptyRecord(account);
  const isSimulator = before.address !== null && isSimulatorAddress(before.address);
  const context = { policy, now, isSimulator };
  const { lifted, kept } = weighReasons(before, correction, context);
  if (lifted.length === 0) {
    const unchanged = { status: { before: status, after: status }, record: { before, after: before } };
    return { lifted, kept, ...unchanged, weighed: [] };
  }
  const keys = lifted.map(({ key }) => key);
  const facts = correctFacts(before.facts, keys, correction.to);
  const after = withSuppression({ ...before, facts }, context);
  const others = records.filter((record) => record.account !== account);
  const asked = asksSes && !isSimulator ? { ...status, ses: requestRemoval(status.ses, now) } : status;
  return {
    lifted,
    kept,
    status: {
      before: status,
      after: correctStatus(asked, { record: after, others, keys, policy }),
    },
    record: { before, after },
    // A report anew changes that account's record alone: the address blocks for it already.
    weighed:
      status.global === null ? [] : others.filter((other) => reportDaysOf(other, status, policy).length > 0),
  };
}

/** Whether the correction can mean anything of what stands, before the record is read. */
export function mayConcern(
  { address, standing }: { readonly address: string | null; readonly standing: readonly Standing[] },
  correction: Correction,
): boolean {
  // Of strikes the day is told.
  const earliest = startOfDay(dayOf(correction.from));
  const isMeant = standing.some(
    (one) => isNamed(one, correction) && (one.bouncedAt ?? one.sentAt) >= earliest,
  );
  return (
    isMeant && (correction.domain === null || address === null || isOfDomain(address, correction.domain))
  );
}

function weighReasons(record: AddressRecord, correction: Correction, context: StandingContext) {
  const lifted: Standing[] = [];
  const kept: KeptReason[] = [];
  for (const standing of standingOf(record.facts, context)) {
    const { key } = standing;
    if (!isNamed(standing, correction)) continue;
    const finding = weighEvidence(record, key, { correction, ...context });
    const keptFor = finding === 'lifted' ? keptAnyway(record, key, correction) : finding;
    if (keptFor === null) lifted.push(standing);
    else if (keptFor !== 'untouched') kept.push({ ...standing, keptFor });
  }
  return { lifted, kept };
}

function isNamed({ key, rule }: Standing, correction: Correction): boolean {
  return (
    (correction.reason === null || correction.reason === reasonOf(key)) &&
    (correction.rule === null || correction.rule === rule)
  );
}

/** A complaint is a person's word, so it must be named; of an erased address nobody knows the domain. */
function keptAnyway(
  { address }: AddressRecord,
  key: FactKey,
  { reason, rule, domain }: Correction,
): KeptFor | 'untouched' | null {
  if (reasonOf(key) === 'complaint' && reason === null && rule === null) return 'complaint';
  if (domain === null) return null;
  if (address === null) return 'erased';
  return isOfDomain(address, domain) ? null : 'untouched';
}

/** Whether an address belongs to a domain, or to one of the provider's that is named by it. */
function isOfDomain(address: string, domain: string): boolean {
  const own = domainOf(address);
  return own === domain || providerOf(own) === domain;
}

interface Corrected {
  readonly record: AddressRecord;
  readonly others: readonly AddressRecord[];
  readonly keys: readonly FactKey[];
  readonly policy: Policy;
}

function correctStatus(status: AddressStatus, { record, others, keys, policy }: Corrected): AddressStatus {
  const reported = keys.some((key) => DEAD_REASONS.includes(key))
    ? reviewGlobalBounce(withReportsOf(status, record, policy), [...others, record], policy)
    : status;
  return withRecord(reported, record);
}
