import { expected } from './members.ts';
import type { TextMembers } from './request.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** How many rows a page is read from, 1 to 1,000, 100 when nobody says. Throws ProblemError, as all readers here do. */
export function readLimit({ limit: text }: TextMembers): number {
  const limit = text === undefined ? DEFAULT_LIMIT : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw expected('limit', `a whole number from 1 to ${MAX_LIMIT}`);
  }
  return limit;
}

/** One of a few words; null when it is absent. */
export function readOptionalChoice<const T extends string>(
  query: TextMembers,
  name: string,
  choices: readonly T[],
): T | null {
  const text = query[name];
  return text === undefined ? null : readChoice(query, name, choices);
}

/** One of a few words that must be there. */
export function readChoice<const T extends string>(
  query: TextMembers,
  name: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === query[name]);
  if (found === undefined) {
    throw expected(name, `one of ${choices.join(', ')}`);
  }
  return found;
}
