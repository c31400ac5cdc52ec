import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor } from '../../lib/http/cursor.ts';
import { problemOf } from './problem-of.ts';

const LIST = { account: 'acme', list: 'suppressions' };
const POSITION = { suppressedAt: '2026-11-04T12:00:00.000Z', addressHash: 'h' };
const SEED = { seed: 20_261_104 };

const positions = fc.dictionary(
  fc.string(),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  {
    maxKeys: 5,
  },
);

describe('a cursor', () => {
  test('leads back to its position', () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(readCursor(LIST, writeCursor(LIST, position))).toEqual(position);
      }),
      SEED,
    );
  });

  test('that is not there leads to the start', () => {
    expect(readCursor(LIST, undefined)).toBeNull();
  });

  test.each([
    ['another account', { ...LIST, account: 'other' }],
    ['another list', { ...LIST, list: 'unbounces' }],
    ['an account and a list that only look the same together', { account: 'acmes', list: 'uppressions' }],
  ])('of %s is refused', (_, other) => {
    expect(problemOf(() => readCursor(other, writeCursor(LIST, POSITION)))).toBe('invalid_cursor');
  });

  test('that was changed in any place is refused', () => {
    const cursor = writeCursor(LIST, POSITION);
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;
      expect(problemOf(() => readCursor(LIST, changed))).toBe('invalid_cursor');
    }
  });

  test.each(['', 'x', '0', '~', `${writeCursor(LIST, POSITION)}=`, 'A'.repeat(1_000_000)])(
    'is not just any text',
    (text) => {
      expect(problemOf(() => readCursor(LIST, text))).toBe('invalid_cursor');
    },
  );

  test.each(['[]', '["a"]', 'null', '1', '{"a":1}', '{"a":{}}', '{', '{ "a": "b" }'])(
    'does not hold %s, whoever made its checksum',
    (text) => {
      const checksum = hash('sha256', JSON.stringify(['acme', 'suppressions', text]), 'base64url').slice(
        0,
        16,
      );
      const forged = `${checksum}${Buffer.from(text).toString('base64url')}`;
      expect(problemOf(() => readCursor(LIST, forged))).toBe('invalid_cursor');
    },
  );

  test('of any text is a position or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(problemOf(() => readCursor(LIST, text))).toBe('invalid_cursor');
      }),
      SEED,
    );
  });
});
