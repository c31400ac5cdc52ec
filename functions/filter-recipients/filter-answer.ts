import { isoOrNull } from '../../lib/http/representations.ts';
import { type AddressRecord, emptyRecord } from '../../lib/policy/address-record.ts';
import { type AddressStatus, NO_STATUS } from '../../lib/policy/address-status.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { type FactKey, reasonOf } from '../../lib/policy/reason.ts';
import type { Recipient } from '../../lib/policy/recipients.ts';
import { addressRefusals } from '../../lib/policy/refusal.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { DUPLICATE, INVALID_ADDRESS, type NotSent, type Verdict } from '../../lib/policy/verdict.ts';

/** A recipient with its verdict and all that was read to explain it. */
export interface Judged {
  readonly recipient: Recipient;
  /** Null for what is no address, and for duplicates. */
  readonly hash: string | null;
  readonly verdict: Verdict;
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
export function filterAnswer(judged: readonly Judged[], context: AnswerContext) {
  const send: string[] = [];
  const notSent: ReturnType<typeof notSentAnswer>[] = [];
  const byCode: Record<string, number> = {};
  for (const one of judged) {
    if (one.verdict.rule === 'P1') {
      send.push(one.recipient.written);
    } else {
      notSent.push(notSentAnswer(one, one.verdict, context));
      byCode[one.verdict.code] = (byCode[one.verdict.code] ?? 0) + 1;
    }
  }
  return {
    send,
    notSent,
    unbounce: { refusals: context.accountRefusals },
    counts: { recipients: judged.length, send: send.length, notSent: notSent.length, byCode },
    checkedAt: toIso(context.now),
  };
}

function notSentAnswer({ recipient, status, record }: Judged, verdict: NotSent, context: AnswerContext) {
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

function unbounceOf({ record, status }: Pick<Judged, 'record' | 'status'>, context: AnswerContext) {
  const refusals = addressRefusals({
    ...context,
    record: record ?? emptyRecord(context.account),
    status: status ?? NO_STATUS,
  }).map(({ rule }) => rule);
  return { allowed: refusals.length === 0, refusals };
}
