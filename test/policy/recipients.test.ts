import { describe, expect, test } from '@jest/globals';
import { readRecipients } from '../../lib/policy/recipients.ts';
import { DUPLICATE, INVALID_ADDRESS } from '../../lib/policy/verdict.ts';

describe('reading the recipients of a call', () => {
  test('P6: what is no address is told so and does not fail the others', () => {
    expect(readRecipients(['no address', 'ada@example.com', ''])).toEqual([
      { written: 'no address', address: null, isDuplicate: false },
      { written: 'ada@example.com', address: 'ada@example.com', isDuplicate: false },
      { written: '', address: null, isDuplicate: false },
    ]);
    expect(INVALID_ADDRESS).toEqual({
      rule: 'P6',
      code: 'invalid_address',
      layer: 'input',
      until: null,
      standing: null,
    });
  });

  test('P6: what is no address twice is invalid twice, not a duplicate', () => {
    expect(readRecipients(['no address', 'no address']).map(({ isDuplicate }) => isDuplicate)).toEqual([
      false,
      false,
    ]);
  });

  test('P7: of equal addresses the first is judged, and the later ones are duplicates', () => {
    const written = ['Ada <ADA@Example.com>', 'bob@example.com', ' ada@example.com ', 'ada@example.com.'];
    expect(readRecipients(written)).toEqual([
      { written: written[0], address: 'ada@example.com', isDuplicate: false },
      { written: written[1], address: 'bob@example.com', isDuplicate: false },
      { written: written[2], address: 'ada@example.com', isDuplicate: true },
      { written: written[3], address: 'ada@example.com', isDuplicate: true },
    ]);
    expect(DUPLICATE).toEqual({ rule: 'P7', code: 'duplicate', layer: 'input', until: null, standing: null });
  });

  test('an empty list stays empty', () => {
    expect(readRecipients([])).toEqual([]);
  });
});
