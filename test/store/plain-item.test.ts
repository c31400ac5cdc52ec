import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainItem } from '../../lib/store/plain-item.ts';

const text = fc.string({ minLength: 1 });
const number = fc.oneof(fc.integer(), fc.double({ min: -1e15, max: 1e15, noNaN: true })).map(String);
const name = fc.oneof(text, fc.constantFrom('constructor', 'S', 'M', 'L'));
const { attribute } = fc.letrec((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 4 },
    fc.record({ S: fc.string() }),
    fc.record({ N: number }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ NULL: fc.constant(true) }),
    fc.record({ SS: fc.uniqueArray(text, { minLength: 1 }) }),
    fc.record({ NS: fc.uniqueArray(number, { minLength: 1 }) }),
    fc.record({ L: fc.array(tie('attribute')) }),
    fc.record({ M: fc.dictionary(name, tie('attribute')) }),
  ),
}));

test('an item reads as the SDK reads it, whatever it holds', () => {
  fc.assert(
    fc.property(fc.dictionary(name, attribute), (stored) => {
      const read = () => JSON.parse(JSON.stringify(stored)) as Record<string, AttributeValue>;
      const plain = plainItem(read());
      expect(plain).toEqual(unmarshall(read()));
    }),
    { seed: 20261123 },
  );
});

test('a name that means something to JavaScript is a name like any other', () => {
  const plain = plainItem(JSON.parse('{"__proto__":{"M":{"v":{"S":"1"}}}}'));
  expect(Object.entries(plain)).toEqual([['__proto__', { v: '1' }]]);
  expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
});
