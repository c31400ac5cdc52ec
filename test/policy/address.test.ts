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
    ['', null],
    ['.', null],
    ['a@example.com', null],
    [' example.com', null],
  ])('%j is %j', (text, canonical) => {
    expect(canonicalDomain(text)).toBe(canonical);
  });
});
