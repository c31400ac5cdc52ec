import { CLASSIFIER_RULES } from '../lib/policy/classifier-rules.ts';
import { type Classification, classify } from '../lib/policy/classify.ts';
import { effectOf, loadPolicy } from '../lib/policy/policy.ts';
import type { BounceRow } from './read-bounces.ts';

/** What the policy table makes of a bounce; an echo of SES's lists is nothing against the address. */
export type Kind = 'hard' | 'strikes' | 'soft';

/** One line of the answer. */
export interface ClassifiedBounce extends Classification {
  readonly id: BounceRow['id'];
  readonly kind: Kind;
}

const POLICY = loadPolicy();
const EVIDENCE = new Map<string, string>(CLASSIFIER_RULES.map(({ id, evidence }) => [id, evidence]));

export function classifyBounce({ id, evidence }: BounceRow): ClassifiedBounce {
  const { reason, permanence, rule } = classify(evidence);
  return { id, reason, permanence, kind: kindOf(reason, permanence), rule };
}

/** The line of documentation that justifies a rule. */
export function evidenceOf(rule: string): string {
  return EVIDENCE.get(rule) ?? '';
}

function kindOf(reason: Classification['reason'], permanence: Classification['permanence']): Kind {
  if (reason === 'suppressed') return 'soft';
  const effect = effectOf(POLICY, reason, permanence);
  return typeof effect === 'string' ? effect : 'strikes';
}
