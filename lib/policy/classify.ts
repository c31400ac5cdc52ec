import type { BounceEvidence } from './bounce.ts';
import { permanenceOf, statusesOf } from './classifier-codes.ts';
import type { ClassifierRule } from './classifier-rule.ts';
import { MEANING_RULES, TEXT_RULES } from './classifier-rules.ts';
import { STATUS_RULES } from './classifier-rules-status.ts';
import { SUBTYPE_RULES } from './classifier-rules-subtype.ts';
import { capped, type PreparedText, prepare } from './classifier-text.ts';
import type { Permanence, Reason } from './reason.ts';

/** Names the rule set: stored with every suppression, changed with every change of a rule. */
export const CLASSIFIER_VERSION = 'classifier-1';

/** What one bounce means; `suppressed` for SES's echo of an earlier decision, which is no account's reason. */
export interface Classification {
  readonly reason: Reason | 'suppressed';
  readonly permanence: Permanence;
  /** Id of the rule that read the reason; `none` with the reason `other` when no rule did. */
  readonly rule: string;
}

type Found = Pick<Classification, 'reason'> & { readonly id: string };

const NOTHING: Found = { id: 'none', reason: 'other' };
const EXPIRED: Found = { id: 'expired', reason: 'timeout' };

const SUBTYPES = new Map(SUBTYPE_RULES.map((rule) => [rule.subType, rule]));
const STATUSES = new Map(STATUS_RULES.map((rule) => [rule.status, rule]));

/** SES and other queues wrap the last reply: `554 4.4.7 Message expired: ... <452-4.2.2 ...>`. */
const EXPIRED_AROUND_REPLY = /\bexpired\b[^<]{0,200}<([45]\d\d[ -][^>]{1,2000})/i;

/** Reads why a recipient bounced, and whether trying again may help. Never fails, whatever the texts are. */
export function classify(evidence: BounceEvidence): Classification {
  const diagnostic = capped(evidence.diagnosticCode ?? '');
  const inner = EXPIRED_AROUND_REPLY.exec(diagnostic)?.[1];
  if (inner !== undefined) return classifyExpired(evidence, inner);
  const prepared = prepare(diagnostic);
  const permanence = permanenceOf(evidence, prepared.text);
  const coded = `${evidence.status ?? ''} ${prepared.text}`;
  const { id, reason } =
    bySubType(evidence) ??
    byText({ ...prepared, text: coded }, permanence) ??
    byStatus(evidence, prepared.text) ??
    NOTHING;
  return { reason, permanence, rule: id };
}

/** The last reply says why the mail expired; where it says nothing, the time that ran out is the reason. */
function classifyExpired(evidence: BounceEvidence, reply: string): Classification {
  const prepared = prepare(reply);
  const permanence = permanenceOf(evidence, prepared.text);
  const bare = { ...evidence, status: null };
  const { id, reason } =
    bySubType(evidence) ?? byText(prepared, permanence) ?? byStatus(bare, prepared.text) ?? EXPIRED;
  return { reason, permanence, rule: id };
}

function bySubType({ bounceSubType }: BounceEvidence): Found | undefined {
  return SUBTYPES.get(bounceSubType?.toLowerCase() ?? '');
}

function byText({ text, words }: PreparedText, permanence: Permanence): Found | undefined {
  const holds = (subject: string) => (rule: ClassifierRule) =>
    (rule.only ?? permanence) === permanence &&
    rule.pattern.test(subject) &&
    (rule.status?.test(text) ?? true);
  return TEXT_RULES.find(holds(text)) ?? MEANING_RULES.find(holds(words));
}

function byStatus(evidence: BounceEvidence, text: string): Found | undefined {
  for (const status of statusesOf(evidence, text)) {
    const rule = STATUSES.get(status);
    if (rule !== undefined) return rule;
  }
  return undefined;
}
