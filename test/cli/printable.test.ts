import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable, printableJson } from '../../cli/printable.ts';

const SEED = 20_261_123;

test.each([
  ['a\u001b[31mb', 'a\\u001b[31mb'],
  ['a\u202eb\u2066c\u200f', 'a\\u202eb\\u2066c\\u200f'],
  ['line\u2028para\u2029nel\u0085del\u007f', 'line\\u2028para\\u2029nel\\u0085del\\u007f'],
  ['tag \u{e0001}', 'tag \\udb40\\udc01'],
  ['plain ünïcödé 宛先', 'plain ünïcödé 宛先'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('a line of JSON reads back to the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = printableJson({ text });
      expect(JSON.parse(line)).toEqual({ text });
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    { seed: SEED, numRuns: 500 },
  );
});
