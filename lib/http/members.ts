import { ProblemError } from './problem.ts';

/** The members of an object; none of anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** An object in a body. Members that nobody asks for are ignored, so that clients may be newer than we are. */
export type Members = Readonly<Record<string, unknown>>;

/** The body as an object. Throws ProblemError, as all readers here do, with a sentence that names the member. */
export function readObject(body: unknown): Members {
  if (!isObject(body)) throw new ProblemError('invalid_request', 'Send a JSON object as the body.');
  return body;
}

/** An object in an object; null when it is absent or null. */
export function readOptionalObject(members: Members, name: string): Members | null {
  const value = members[name] ?? null;
  if (value !== null && !isObject(value)) throw expected(name, 'an object');
  return value;
}

/** Text of at most so many characters (UTF-16 units); null when it is absent or null. */
export function readOptionalText(members: Members, name: string, most: number): string | null {
  const value = members[name] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > most || !value.isWellFormed()) {
    throw expected(name, `text of at most ${most} characters`);
  }
  return value;
}

/** The text without what would break a line or turn the direction of writing. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '');
}

/** A whole number from `least` to `most`; null when it is absent or null. */
export function readOptionalInteger(
  members: Members,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const value = members[name] ?? null;
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw expected(name, `a whole number from ${least} to ${most}`);
  }
  return value;
}

/** A list of texts, each as it was written; null when it is absent or null. */
export function readOptionalTexts(members: Members, name: string): readonly string[] | null {
  const value = members[name] ?? null;
  if (value === null) return null;
  if (!Array.isArray(value)) throw expected(name, 'an array of strings');
  const wrongAt = value.findIndex((element) => typeof element !== 'string');
  if (wrongAt >= 0) throw expected(`${name}[${wrongAt}]`, 'a string');
  return value;
}

/** A list of texts that must be there. */
export function readTexts(members: Members, name: string): readonly string[] {
  const texts = readOptionalTexts(members, name);
  if (texts === null) throw expected(name, 'an array of strings');
  return texts;
}

/** The problem of one member that is not as it should be. */
export function expected(name: string, what: string): ProblemError {
  return new ProblemError('invalid_request', `The member "${name}" must be ${what}.`);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
