import type { ClassifierRule } from './classifier-rule.ts';
import { BLOCKLIST_RULES } from './classifier-rules-blocklists.ts';
import { LANGUAGE_RULES } from './classifier-rules-languages.ts';
import { PROVIDER_RULES } from './classifier-rules-providers.ts';
import { REGIONAL_RULES } from './classifier-rules-regional.ts';
import { SENDER_CODE_RULES, SENDER_RULES } from './classifier-rules-sender.ts';
import { VAGUE_RULES } from './classifier-rules-vague.ts';
import { WORD_RULES } from './classifier-rules-words.ts';

/** Codes and links, looked for in the whole text. */
export const TEXT_RULES: readonly ClassifierRule[] = [
  ...PROVIDER_RULES,
  ...REGIONAL_RULES,
  ...BLOCKLIST_RULES,
  ...SENDER_CODE_RULES,
];

/** Meaning, looked for in the words alone: the sender's faults first, what is vague last. */
export const MEANING_RULES: readonly ClassifierRule[] = [
  ...SENDER_RULES,
  ...WORD_RULES,
  ...LANGUAGE_RULES,
  ...VAGUE_RULES,
];
