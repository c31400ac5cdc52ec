import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readNdjson, writeNdjson } from '../../lib/http/ndjson.ts';

const RUNS = { seed: 20_261_123, numRuns: 2_000 };
const items = fc.array(
  fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), fc.dictionary(fc.string(), fc.jsonValue())),
);

test('items read back as they were written', () => {
  fc.assert(
    fc.property(items, (written) => {
      expect(JSON.stringify(readNdjson(writeNdjson(written)))).toBe(JSON.stringify(written));
    }),
    RUNS,
  );
});

test('every item has one line, and every line an end', () => {
  fc.assert(
    fc.property(items, (written) => {
      expect(writeNdjson(written).split('\n')).toHaveLength(written.length + 1);
    }),
    RUNS,
  );
});

test('empty lines are passed over, and what is no JSON is not', () => {
  expect(readNdjson('{"a":1}\r\n\n[2]')).toEqual([{ a: 1 }, [2]]);
  expect(() => readNdjson('{"a":1}\n{')).toThrow(SyntaxError);
});
