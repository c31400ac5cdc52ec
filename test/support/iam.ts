/** A statement of an identity policy as it stands in a template, its references resolved to text. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What is asked of IAM: one action on one resource. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  /** Condition keys with their values; one that the request does not have is left out. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

const MEMBERS = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/**
 * Whether identity policies allow something: a matching Deny wins, else one matching Allow is needed.
 * Throws for what it does not understand, rather than guess.
 * Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements: Resource".
 */
export function isAllowed(statements: readonly PolicyStatement[], question: Question): boolean {
  const matching = statements.filter((statement) => matches(statement, question));
  return (
    matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny')
  );
}

/** The statements that are about this question, whatever their effect. */
export function matches(statement: PolicyStatement, { action, resource, context = {} }: Question): boolean {
  const unknown = Object.keys(statement).filter((member) => !MEMBERS.has(member));
  if (unknown.length > 0 || !['Allow', 'Deny'].includes(statement.Effect)) {
    throw new Error(`A statement that is not understood: ${JSON.stringify(statement)}`);
  }
  return (
    // Actions know no case, resources do.
    listOf(statement.Action).some((pattern) => covers(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(statement.Resource).some((pattern) => covers(pattern, resource)) &&
    meets(statement.Condition ?? {}, context)
  );
}

/**
 * IAM's own matching: `*` stands for any characters, slashes among them, `?` for exactly one; `${*}`, `${?}` and
 * `${$}` are the characters themselves. Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function covers(pattern: string, text: string): boolean {
  const compiled = COMPILED.get(pattern) ?? compile(pattern);
  COMPILED.set(pattern, compiled);
  return compiled.test(text);
}

const COMPILED = new Map<string, RegExp>();

function compile(pattern: string): RegExp {
  const parts = pattern.match(/\$\{[^}]*\}|[\s\S]/g) ?? [];
  return new RegExp(`^${parts.map(partOf).join('')}$`);
}

function partOf(part: string): string {
  if (part === '*') return '[\\s\\S]*';
  if (part === '?') return '[\\s\\S]';
  const [, variable] = /^\$\{(.+)\}$/.exec(part) ?? [];
  if (variable !== undefined && !['*', '?', '$'].includes(variable)) {
    throw new Error(`A policy variable that is not understood: ${part}`);
  }
  return (variable ?? part).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

function meets(
  conditions: NonNullable<PolicyStatement['Condition']>,
  context: NonNullable<Question['context']>,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, patterns]) => holds(operator, listOf(patterns), context[key])),
  );
}

/** A condition about a key that the request does not have is met by `ForAllValues` alone. */
function holds(
  operator: string,
  patterns: readonly string[],
  values: readonly string[] | undefined,
): boolean {
  const isOneOf = (value: string) => patterns.includes(value);
  const isLikeOne = (value: string) => patterns.some((pattern) => covers(pattern, value));
  switch (operator) {
    case 'StringEquals':
      return values?.length === 1 && values.every(isOneOf);
    case 'StringLike':
      return values?.length === 1 && values.every(isLikeOne);
    case 'ForAllValues:StringEquals':
      return (values ?? []).every(isOneOf);
    case 'ForAllValues:StringLike':
      return (values ?? []).every(isLikeOne);
    default:
      throw new Error(`A condition that is not understood: ${operator}`);
  }
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
