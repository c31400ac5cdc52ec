import { applyEvent } from './address-event.ts';
import type { BounceReport } from './address-record.ts';
import type { AddressSnapshot } from './address-status.ts';
import type { Bounce } from './bounce.ts';
import { isAfterLifts, sentAtOf } from './facts.ts';
import type { RowRefusal } from './import-row.ts';
import { effectOf, type Policy } from './policy.ts';
import { unexpired } from './standing.ts';
import type { Instant } from './time.ts';

/** What became of a row, each with a sentence for people. */
export const IMPORT_OUTCOMES = {
  suppressed: 'The account does not send to the address from now on.',
  already_suppressed: 'The account did not send to the address before; the row is kept as evidence.',
  nothing_new: 'The account did not send to the address before, and the row tells nothing new.',
  duplicate: 'An earlier row says the very same.',
  lifted_before: 'The row is not newer than an unbounce, a release or a correction, so it does not count.',
  strike: 'The reason blocks by strikes, and there are not enough of them.',
  soft_reason: 'The reason never blocks an address; the row is kept as evidence.',
  ended: 'The block would have ended by now.',
  not_a_bounce: 'An unsubscribe or a manual entry is no bounce: keep it where you manage consent.',
  unknown_reason: 'Nobody knows this reason: name one of Rebound, or give the words of the receiver.',
  invalid_date: 'The date cannot be read, or lies in the future.',
  invalid_address: 'This is no e-mail address.',
} as const;
export type ImportOutcome = keyof typeof IMPORT_OUTCOMES;

/** What can become of a row that is a bounce. */
export type BounceOutcome = Exclude<ImportOutcome, RowRefusal>;

interface ImportContext {
  readonly policy: Policy;
  readonly now: Instant;
}

/**
 * Applies what rows say of one address, in their order, as bounces are applied, and says of each what it did. SES is asked
 * nothing: it did not bounce the mail.
 */
export function importRows(
  before: AddressSnapshot,
  reports: readonly BounceReport[],
  context: ImportContext,
): { readonly snapshot: AddressSnapshot; readonly outcomes: readonly BounceOutcome[] } {
  const outcomes: BounceOutcome[] = [];
  const seen = new Set<string>();
  let snapshot = before;
  for (const report of reports) {
    const next = applyEvent(snapshot, { kind: 'bounce', ...report }, { ...context, asksSes: false });
    const content = JSON.stringify(report.bounce);
    outcomes.push(seen.has(content) ? 'duplicate' : outcomeOf(report.bounce, { snapshot, next }, context));
    seen.add(content);
    snapshot = next;
  }
  return { snapshot, outcomes };
}

function outcomeOf(
  bounce: Bounce,
  { snapshot, next }: { readonly snapshot: AddressSnapshot; readonly next: AddressSnapshot },
  { policy, now }: ImportContext,
): BounceOutcome {
  if (isSuppressed(snapshot, now)) return next === snapshot ? 'nothing_new' : 'already_suppressed';
  if (isSuppressed(next, now)) return 'suppressed';
  const effect = effectOf(policy, bounce.key, bounce.permanence);
  if (effect === 'soft') return 'soft_reason';
  if (!isAfterLifts(next.record.facts, bounce.key, sentAtOf(bounce))) return 'lifted_before';
  return effect === 'hard' ? 'ended' : 'strike';
}

function isSuppressed({ record }: AddressSnapshot, now: Instant): boolean {
  return unexpired(record.suppression?.standing ?? [], now).length > 0;
}
