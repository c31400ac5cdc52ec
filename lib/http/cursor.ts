import { hash } from 'node:crypto';
import { ProblemError } from './problem.ts';

/** Where a list goes on: names with their values. */
export type Position = Readonly<Record<string, string>>;

/** The list that a cursor belongs to. */
export interface CursorList {
  readonly account: string;
  /** The list's name, with whatever else must be the same on every page. */
  readonly list: string;
}

const MAX_CURSOR_LENGTH = 2_048;
const CHECKSUM_LENGTH = 16;

/** An opaque text that leads to the next page of one account's list and of no other. */
export function writeCursor(list: CursorList, position: Position): string {
  const text = JSON.stringify(position);
  return `${checksumOf(list, text)}${Buffer.from(text).toString('base64url')}`;
}

/**
 * The position in a cursor; null without one. Throws ProblemError `invalid_cursor` for a cursor of another list
 * or account, or a changed one. The checksum is no signature (there is no secret): it catches mistakes, and whoever
 * forges one gets no further than a place in the account's own list.
 */
export function readCursor(list: CursorList, cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const position = cursor.length > MAX_CURSOR_LENGTH ? null : parsePosition(cursor.slice(CHECKSUM_LENGTH));
  if (position === null || writeCursor(list, position) !== cursor) {
    throw invalidCursor();
  }
  return position;
}

export function invalidCursor(): ProblemError {
  return new ProblemError(
    'invalid_cursor',
    'Take the cursor as the last page of this list gave it, or leave it out to start again.',
  );
}

function parsePosition(base64url: string): Position | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return isPosition(value) ? value : null;
  } catch {
    return null;
  }
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((member) => typeof member === 'string');
}

function checksumOf({ account, list }: CursorList, text: string): string {
  return hash('sha256', JSON.stringify([account, list, text]), 'base64url').slice(0, CHECKSUM_LENGTH);
}
