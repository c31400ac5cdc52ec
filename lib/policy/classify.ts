import type { BounceEvidence } from './bounce.ts';
import { permanenceOf, replyBeforeExpiry, statusesOf } from './classifier-codes.ts';
import type { ClassifierRule, RuleTable } from './classifier-rule.ts';
import { EXPIRED_RULE, MEANING_TABLES, NO_RULE, TEXT_TABLES } from './classifier-rules.ts';
import { STATUS_RULES } from './classifier-rules-status.ts';
import { SUBTYPE_RULES } from './classifier-rules-subtype.ts';
import { type PreparedText, plain, prepare } from './classifier-text.ts';
import type { Permanence, Reason } from './reason.ts';

/** What one bounce means; `suppressed` for SES's echo of an earlier decision, which is no account's reason. */
export interface Classification {
  readonly reason: Reason | 'suppressed';
  readonly permanence: Permanence;
  /** Id of the rule that read the reason; `none` with the reason `other` when no rule did. */
  readonly rule: string;
}

interface Found {
  readonly id: string;
  readonly reason: Reason | 'suppressed';
}

const SUBTYPES = new Map(SUBTYPE_RULES.map((rule) => [rule.subType, rule]));
const STATUSES = new Map(STATUS_RULES.map((rule) => [rule.status, rule]));

/**
 * Reads why a recipient bounced, and whether trying again may help. Never fails, whatever the texts are, and
 * returns nothing of them. Order: SES's subtype, codes and links, words, status codes.
 */
export function classify(evidence: BounceEvidence): Classification {
  const diagnostic = plain(evidence.diagnosticCode ?? '');
  const lastReply = replyBeforeExpiry(diagnostic);
  return lastReply === null
    ? classifyReply(evidence, diagnostic, NO_RULE)
    : classifyReply({ ...evidence, status: null }, lastReply, EXPIRED_RULE);
}

function classifyReply(evidence: BounceEvidence, reply: string, otherwise: Found): Classification {
  const prepared = prepare(reply);
  const permanence = permanenceOf(evidence, prepared.text);
  const { id, reason } =
    SUBTYPES.get(evidence.bounceSubType?.toLowerCase() ?? '') ??
    findByText(prepared, { permanence, status: evidence.status ?? '' }) ??
    findByStatus(statusesOf(evidence, prepared.text)) ??
    otherwise;
  return { reason, permanence, rule: id };
}

function findByText(
  { text, words }: PreparedText,
  { permanence, status }: { permanence: Permanence; status: string },
): Found | undefined {
  const coded = `${status} ${text}`;
  const holds = (rule: ClassifierRule) =>
    (rule.only ?? permanence) === permanence && (rule.status?.test(coded) ?? true);
  return findIn(TEXT_TABLES, coded, holds) ?? findIn(MEANING_TABLES, words, holds);
}

function findIn(
  tables: readonly RuleTable[],
  subject: string,
  holds: (rule: ClassifierRule) => boolean,
): Found | undefined {
  for (const { gate, rules } of tables) {
    if (!gate.test(subject)) continue;
    const found = rules.find((rule) => rule.pattern.test(subject) && holds(rule));
    if (found !== undefined) return found;
  }
  return undefined;
}

function findByStatus(statuses: readonly string[]): Found | undefined {
  return statuses.map((status) => STATUSES.get(status)).find((rule) => rule !== undefined);
}
