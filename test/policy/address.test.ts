import { describe, expect, test } from '@jest/globals';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { canonicalDomain } from '../../lib/policy/domain.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { cpuTimeInMs } from '../support/cpu-time.ts';
import vectors from './address-vectors.json' with { type: 'json' };

describe('the canonical address', () => {
  test.each(vectors.map((vector) => ({ ...vector, written: JSON.stringify(vector.input) })))(
    '$about: $written',
    ({ input, canonical, key }) => {
      expect(canonicalAddress(input)).toBe(canonical);
      expect(canonical === null ? null : addressHash(canonical)).toBe(key);
    },
  );

  test.each(vectors.filter(({ canonical }) => canonical !== null))(
    'is its own canonical form: $canonical',
    (vector) => {
      expect(canonicalAddress(vector.canonical ?? '')).toBe(vector.canonical);
    },
  );

  const octets = (character: string, count: number) => `${character.repeat(count)}@example.com`;

  test.each<[string, string, string | null]>([
    ['64 octets', octets('é', 32), octets('é', 32)],
    ['more octets than characters', octets('é', 33), null],
    ['63 octets of three each', octets('\u0800', 21), octets('\u0800', 21)],
    ['66 octets of three each', octets('\u0800', 22), null],
    ['64 octets of four each', octets('\u{10000}', 16), octets('\u{10000}', 16)],
    ['68 octets of four each', octets('\u{10000}', 17), null],
    ['a name with a comma at its end', 'Lovelace, Ada,<ada@example.com>', 'ada@example.com'],
    ['a name with a comma before an at sign', 'Lovelace, Ada @home <ada@example.com>', 'ada@example.com'],
    ['an at sign and a comma before the brackets', '@home, Ada <ada@example.com>', null],
    ['a quoted part and more before the at sign', '"ada".example.com', null],
    [
      'the longest text that is looked at',
      `${'a'.repeat(1_983)} <ada@example.com>`.slice(-2_000),
      'ada@example.com',
    ],
    ['a text longer than that', `${'a'.repeat(1_984)} <ada@example.com>`, null],
    [
      'a domain that is short once it is written right',
      `ada@b${'\u00ad'.repeat(503)}.example`,
      'ada@b.example',
    ],
    ['one that is longer than any is looked at', `ada@b${'\u00ad'.repeat(504)}.example`, null],
    ['a domain that ends in what none may', 'ada@example.c,', null],
  ])('of %s', (_, written, canonical) => {
    expect(canonicalAddress(written)).toBe(canonical);
  });

  test.each([
    ['combining marks', `a${'\u0301\u0323'.repeat(500_000)}@example.com`],
    ['combining marks in the domain', `a@b${'\u0301\u0323'.repeat(500_000)}.example`],
    ['opening brackets', `${'<'.repeat(1_000_000)}>`],
    ['quotes', `${'"'.repeat(1_000_000)}>`],
    ['at signs before a list', `${'@'.repeat(1_000_000)}<ada@example.com>`],
    ['dots', `ada@${'a.'.repeat(1_000_000)}`],
  ])('a million %s are no address, at once', (_, text) => {
    expect(cpuTimeInMs(() => expect(canonicalAddress(text)).toBeNull())).toBeLessThan(1_000);
  });
});

describe('the canonical domain', () => {
  test.each([
    ['Example.COM.', 'example.com'],
    ['b\u00fccher.example', 'xn--bcher-kva.example'],
    ['127.0.0.1', null],
    ['example.127', null],
    ['127', null],
    ['example.0x1f', null],
    ['example.0x', null],
    ['example.0xg', 'example.0xg'],
    ['example.1a', 'example.1a'],
    ['', null],
    ['.', null],
    ['a@example.com', null],
    [' example.com', null],
  ])('%j is %j', (text, canonical) => {
    expect(canonicalDomain(text)).toBe(canonical);
  });
});
