import { isoOrNull } from '../../lib/http/representations.ts';
import { type AddressRecord, emptyRecord } from '../../lib/policy/address-record.ts';
import { type AddressStatus, NO_STATUS } from '../../lib/policy/address-status.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { type FactKey, reasonOf } from '../../lib/policy/reason.ts';
import type { Recipient } from '../../lib/policy/recipients.ts';
import { addressRefusals } from '../../lib/policy/refusal.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { DUPLICATE, INVALID_ADDRESS, type NotSent } from '../../lib/policy/verdict.ts';

/** A recipient who is not sent to, with all that was read to explain it. */
export interface NotSentRecipient {
  readonly recipient: Recipient;
  /** Null for what is no address, and for duplicates. */
  readonly hash: string | null;
  readonly verdict: NotSent;
  readonly status: AddressStatus | null;
  readonly record: AddressRecord | null;
}

export interface AnswerContext {
  readonly account: string;
  readonly policy: Policy;
  readonly now: Instant;
  /** Rules that refuse an unbounce for the account as a whole. */
  readonly accountRefusals: readonly string[];
}

/** The answer of `POST /v1/accounts/{account}/recipients/filter`. */
export function filterAnswer(
  send: readonly string[],
  notSent: readonly NotSentRecipient[],
  context: AnswerContext,
) {
  const byCode: Record<string, number> = {};
  for (const { verdict } of notSent) {
    byCode[verdict.code] = (byCode[verdict.code] ?? 0) + 1;
  }
  const recipients = send.length + notSent.length;
  return {
    send,
    notSent: notSent.map((one) => notSentAnswer(one, context)),
    unbounce: { refusals: context.accountRefusals },
    counts: { recipients, send: send.length, notSent: notSent.length, byCode },
    checkedAt: toIso(context.now),
  };
}

function notSentAnswer({ recipient, verdict, status, record }: NotSentRecipient, context: AnswerContext) {
  const { written, address } = recipient;
  const isInput = verdict === INVALID_ADDRESS || verdict === DUPLICATE;
  return {
    recipient: written,
    ...(address === written ? {} : { address }),
    code: verdict.code,
    rule: verdict.rule,
    layer: verdict.layer,
    until: isoOrNull(verdict.until),
    bounce: verdict.standing === null ? null : bounceOf(verdict.standing.key, record),
    unbounce: isInput ? null : unbounceOf({ record, status }, context),
  };
}

/** The bounce that decided, or the newest of those that did together. */
export function evidenceOf(key: FactKey, record: AddressRecord | null) {
  const standing = record?.suppression?.standing.find((one) => one.key === key);
  const newest = record?.bounces.find((bounce) => bounce.key === key);
  return standing?.feedbackId ? standing : (newest ?? standing);
}

function bounceOf(key: FactKey, record: AddressRecord | null) {
  const evidence = evidenceOf(key, record);
  return {
    reason: reasonOf(key),
    status: evidence?.status ?? null,
    bouncedAt: isoOrNull(evidence?.bouncedAt ?? null),
    campaign: evidence?.campaign ?? null,
  };
}

function unbounceOf({ record, status }: Pick<NotSentRecipient, 'record' | 'status'>, context: AnswerContext) {
  const refusals = addressRefusals({
    ...context,
    record: record ?? emptyRecord(context.account),
    status: status ?? NO_STATUS,
  }).map(({ rule }) => rule);
  return { allowed: refusals.length === 0, refusals };
}
