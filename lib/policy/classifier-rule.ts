import type { Permanence, Reason } from './reason.ts';

/** One row of a rule table: the first row whose pattern is found decides. */
export interface ClassifierRule {
  /** Stable and readable: stored with every bounce, shown by `classify --explain`. */
  readonly id: string;
  readonly pattern: RegExp;
  readonly reason: Reason | 'suppressed';
  /** The line of documentation that justifies the row. */
  readonly evidence: string;
  /** The row counts alone for replies whose text or status field carries such a code. */
  readonly status?: RegExp;
  /** The row counts for replies of this class alone. */
  readonly only?: Permanence;
}

/** One pattern out of several phrases, each a regular expression over prepared text (`classifier-text.ts`). */
export function anyOf(...phrases: readonly string[]): RegExp {
  return new RegExp(phrases.join('|'));
}

/** Rules of one origin, in reading order. */
export interface RuleTable {
  readonly rules: readonly ClassifierRule[];
  /** Every pattern of the table in one: a text that it does not find needs no look at the rows. */
  readonly gate: RegExp;
}

export function tableOf(rules: readonly ClassifierRule[]): RuleTable {
  return { rules, gate: anyOf(...rules.map(({ pattern }) => pattern.source)) };
}
