import { toIso } from '../policy/time.ts';
import { type CursorList, invalidCursor, readCursor } from './cursor.ts';
import { parsePathAddress } from './path-address.ts';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** Whether a text in a position is what the store puts there. */
type Check = (text: string) => boolean;

/**
 * Where the list goes on; null at its beginning. A forged cursor may hold anything, and must lead nowhere but to a place
 * in this list: each member is checked, and no other is passed on. Throws ProblemError `invalid_cursor`.
 */
export function readPosition<const Name extends string>(
  list: CursorList,
  cursor: string | undefined,
  members: Readonly<Record<Name, Check>>,
): Readonly<Record<Name, string>> | null {
  const position = readCursor(list, cursor);
  if (position === null) {
    return null;
  }
  const checks = Object.entries<Check>(members);
  if (!checks.every(([name, isGood]) => isGood(position[name] ?? ''))) {
    throw invalidCursor();
  }
  return Object.fromEntries(checks.map(([name]) => [name, position[name]])) as Record<Name, string>;
}

/** A time, to the letter. */
export function isInstant(text: string): boolean {
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && toIso(instant) === text;
}

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

export function isAddressHash(text: string): boolean {
  return parsePathAddress(text)?.kind === 'id';
}
