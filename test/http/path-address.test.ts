import { describe, expect, test } from '@jest/globals';
import { type PathAddress, parsePathAddress, readPathAddress } from '../../lib/http/path-address.ts';
import { problemOf } from './problem-of.ts';

const ID = 'SW4gYSBob2xlIGluIHRoZSBncm91bmQgdGhlcmUgbA_';
const encoded = (text: string) => `~${Buffer.from(text).toString('base64url')}`;
const address = (written: string, canonical: string): PathAddress => ({
  kind: 'address',
  written,
  canonical,
});

describe('{address} in a path', () => {
  test.each<[string, PathAddress | null]>([
    ['Ada@Example.com', address('Ada@Example.com', 'ada@example.com')],
    ['ada+news@example.com', address('ada+news@example.com', 'ada+news@example.com')],
    ['a/b@example.com', address('a/b@example.com', 'a/b@example.com')],
    ['50%off@example.com', address('50%off@example.com', '50%off@example.com')],
    ['~ada@example.com', address('~ada@example.com', '~ada@example.com')],
    [encoded('a/b@example.com'), address('a/b@example.com', 'a/b@example.com')],
    [encoded('50%off@example.com'), address('50%off@example.com', '50%off@example.com')],
    [
      encoded('j\u00f6rg@b\u00fccher.example'),
      address('j\u00f6rg@b\u00fccher.example', 'j\u00f6rg@xn--bcher-kva.example'),
    ],
    [`${encoded('Ada@example.com')}=`, address('Ada@example.com', 'ada@example.com')],
    [ID, { kind: 'id', hash: ID }],
    [`~${ID}`, null],
    [ID.slice(1), null],
    [`${ID}A`, null],
    ['ada', null],
    ['', null],
    ['~', null],
    ['@', null],
    ['ada@', null],
    ['ada@example.com,bob@example.com', null],
    [encoded('ada'), null],
    [`~${Buffer.from('j\u00f6rg@example.com', 'latin1').toString('base64url')}`, null],
    [encoded('a@example.com, b <b@example.com>'), null],
    ['~not base64url', null],
    ['~\u00ff\u00fe', null],
  ])('%j', (text, meaning) => {
    expect(parsePathAddress(text)).toEqual(meaning);
    expect(problemOf(() => readPathAddress({ path: { address: text } }))).toBe(
      meaning === null ? 'invalid_address' : null,
    );
  });

  test('that is missing is refused', () => {
    expect(problemOf(() => readPathAddress({ path: {} }))).toBe('invalid_address');
  });
});
