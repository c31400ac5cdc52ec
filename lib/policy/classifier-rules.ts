import { type RuleTable, tableOf } from './classifier-rule.ts';
import { BLOCKLIST_RULES } from './classifier-rules-blocklists.ts';
import { LANGUAGE_RULES } from './classifier-rules-languages.ts';
import { PROVIDER_RULES } from './classifier-rules-providers.ts';
import { REGIONAL_RULES } from './classifier-rules-regional.ts';
import { SENDER_CODE_RULES, SENDER_RULES } from './classifier-rules-sender.ts';
import { STATUS_RULES } from './classifier-rules-status.ts';
import { SUBTYPE_RULES } from './classifier-rules-subtype.ts';
import { VAGUE_RULES } from './classifier-rules-vague.ts';
import { WORD_RULES } from './classifier-rules-words.ts';

/** Codes and links, looked for in the whole text. */
export const TEXT_TABLES: readonly RuleTable[] = [
  PROVIDER_RULES,
  REGIONAL_RULES,
  BLOCKLIST_RULES,
  SENDER_CODE_RULES,
].map(tableOf);

/** Meaning, looked for in the words alone: the sender's faults first, what is vague last. */
export const MEANING_TABLES: readonly RuleTable[] = [
  SENDER_RULES,
  WORD_RULES,
  LANGUAGE_RULES,
  VAGUE_RULES,
].map(tableOf);

/** The mail expired, and the last reply says nothing about why. */
export const EXPIRED_RULE = {
  id: 'expired',
  reason: 'timeout',
  evidence: 'RFC 3463 X.4.7 delivery time expired; SES: "unable to deliver in 840 minutes"',
} as const;

export const NO_RULE = {
  id: 'none',
  reason: 'other',
  evidence: 'No rule knows this text; a human should read it',
} as const;

/** Every rule in reading order, whatever it looks at. */
export const CLASSIFIER_RULES = [
  ...SUBTYPE_RULES,
  ...[...TEXT_TABLES, ...MEANING_TABLES].flatMap(({ rules }) => rules),
  ...STATUS_RULES,
  EXPIRED_RULE,
  NO_RULE,
] as const;
