import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { capitalsOf, OTHER_SPELLING, withCapitals } from '../../lib/policy/capitals.ts';
import { RUNS, SEED } from './arbitraries.ts';

describe('the capitals of a spelling', () => {
  test.each([
    ['ada@example.com', 'ada@example.com', ''],
    ['Ada@Example.com', 'ada@example.com', '0.4'],
    ['ada@example.COM', 'ada@example.com', '12.13.14'],
    ['ÄRA@example.com', 'ära@example.com', '0.1.2'],
    ['𐐀x@example.com', '𐐨x@example.com', '0'],
    ['"ada"@example.com', 'ada@example.com', OTHER_SPELLING],
    ['ada@example.com.', 'ada@example.com', OTHER_SPELLING],
    ['ada@MÜLLER.example', 'ada@xn--mller-kva.example', OTHER_SPELLING],
    ['', 'ada@example.com', OTHER_SPELLING],
  ])('%s is %s with %j', (spelling, canonical, capitals) => {
    expect(capitalsOf(spelling, canonical)).toBe(capitals);
    expect(withCapitals(canonical, capitals)).toBe(capitals === OTHER_SPELLING ? null : spelling);
  });

  test(`bring back the very spelling, or say that they cannot (seed ${SEED})`, () => {
    const spellings = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((local) => `${local}@Example.com`);
    fc.assert(
      fc.property(spellings, (spelling) => {
        const canonical = canonicalAddress(spelling);
        fc.pre(canonical !== null);
        const capitals = capitalsOf(spelling, canonical);
        expect(withCapitals(canonical, capitals)).toBe(capitals === OTHER_SPELLING ? null : spelling);
      }),
      RUNS,
    );
  });

  test('say nothing readable', () => {
    // It is stored, so it stays.
    expect(OTHER_SPELLING).toBe('?');
    expect(capitalsOf('Ada@Example.com', 'ada@example.com')).toMatch(/^[\d.]*$/);
  });
});
