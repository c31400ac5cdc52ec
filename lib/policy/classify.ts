import type { BounceEvidence } from './bounce.ts';
import type { Permanence, Reason } from './reason.ts';

/** Names the rule set: stored with every suppression, changed with every change of a rule. */
export const CLASSIFIER_VERSION = 'classifier-1';

/** What one bounce means; `suppressed` for SES's echo of an earlier decision, which is no account's reason. */
export interface Classification {
  readonly reason: Reason | 'suppressed';
  readonly permanence: Permanence;
  /** Id of the rule that read the reason. */
  readonly rule: string;
}

const HEAD_CHARACTERS = 4096;

const ECHO_SUBTYPES = new Set([
  'suppressed',
  'onaccountsuppressionlist',
  'ontenantsuppressionlist',
  'emailvalidationsuppressed',
]);

const SUBTYPE_REASONS = new Map<string, Reason>([
  ['noemail', 'unknown_user'],
  ['mailboxfull', 'mailbox_full'],
  ['messagetoolarge', 'message_too_large'],
  ['contentrejected', 'content'],
  ['attachmentrejected', 'content'],
]);

const WORDS: readonly (readonly [string, RegExp, Reason])[] = [
  ['words.mailbox_full', /mailbox (?:is )?full|over ?quota|quota exceeded/, 'mailbox_full'],
  ['words.unknown_user', /user unknown|unknown user|no such user|does not exist/, 'unknown_user'],
  ['words.spam', /\bspam\b/, 'spam'],
];

const STATUS_REASONS = new Map<string, Reason>([
  ['1.1', 'unknown_user'],
  ['1.0', 'unknown_user'],
  ['1.2', 'dns_failure'],
  ['2.2', 'mailbox_full'],
  ['3.4', 'message_too_large'],
  ['4.7', 'timeout'],
]);

/** Reads why a recipient bounced, and whether trying again may help. Never fails, whatever the texts are. */
export function classify(evidence: BounceEvidence): Classification {
  const text = (evidence.diagnosticCode ?? '').slice(0, HEAD_CHARACTERS).toLowerCase();
  const permanence = permanenceOf(evidence, text);
  const subType = (evidence.bounceSubType ?? '').toLowerCase();
  if (ECHO_SUBTYPES.has(subType)) return { reason: 'suppressed', permanence, rule: `subtype.${subType}` };
  const bySubType = SUBTYPE_REASONS.get(subType);
  if (bySubType) return { reason: bySubType, permanence, rule: `subtype.${subType}` };
  const byWords = WORDS.find(([, pattern]) => pattern.test(text));
  if (byWords) return { reason: byWords[2], permanence, rule: byWords[0] };
  const status = evidence.status ?? text;
  const code = /\b[45]\.(\d{1,3}\.\d{1,3})\b/.exec(status)?.[1] ?? '';
  const byStatus = STATUS_REASONS.get(code);
  if (byStatus) return { reason: byStatus, permanence, rule: `status.${code}` };
  return { reason: 'other', permanence, rule: 'none' };
}

function permanenceOf(evidence: BounceEvidence, text: string): Permanence {
  const digit = /\b([45])\d\d\b/.exec(text)?.[1] ?? /^([45])\./.exec(evidence.status ?? '')?.[1];
  if (digit) return digit === '5' ? 'permanent' : 'transient';
  return evidence.bounceType === 'Permanent' ? 'permanent' : 'transient';
}
