import { cleanText } from './diagnostic.ts';

/** A JSON object whose members nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT_IN_OCTETS = 256;

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A short text without control characters, at most 256 octets; null when missing, empty or something else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? cleanText(value, MAX_TEXT_IN_OCTETS) : null;
}

/** The texts of a list, untouched; a single text counts as a list of one. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  return value.every(isText) ? value : value.filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
