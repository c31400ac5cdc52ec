import { TemplateError } from './template-error.ts';

/** What an event must hold: members by name, each a pattern again or the values of which it must have one. */
export interface Pattern {
  readonly [member: string]: Pattern | readonly Rule[];
}

/** A text as it is, or whether there is anything at all. */
type Rule = string | { readonly exists: boolean };

/**
 * Reads a filter of an event source. Throws TemplateError for a rule that is not understood on this machine.
 * Source: AWS Lambda Developer Guide, "Filter rule syntax".
 */
export function readPattern(text: string): Pattern {
  const pattern = JSON.parse(text) as Pattern;
  check(pattern);
  return pattern;
}

function check(pattern: Pattern): void {
  for (const [name, rules] of Object.entries(pattern)) {
    if (!isRules(rules)) {
      check(rules);
    } else if (!rules.every((rule) => typeof rule === 'string' || Object.keys(rule).join() === 'exists')) {
      throw new TemplateError(`the template filters ${name} in a way that is not understood on this machine`);
    }
  }
}

export function matches(pattern: Pattern, event: unknown): boolean {
  const members = (typeof event === 'object' && event !== null ? event : {}) as Readonly<
    Record<string, unknown>
  >;
  return Object.entries(pattern).every(([name, rules]) =>
    isRules(rules) ? rules.some((rule) => holds(rule, members[name])) : matches(rules, members[name]),
  );
}

function holds(rule: Rule, value: unknown): boolean {
  return typeof rule === 'string' ? rule === value : rule.exists === (value !== undefined);
}

function isRules(rules: Pattern | readonly Rule[]): rules is readonly Rule[] {
  return Array.isArray(rules);
}
