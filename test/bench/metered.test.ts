import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { holds, updated } from '../../bench/metered/expressions.ts';
import { itemSize } from '../../bench/metered/item-size.ts';
import { indexUnits, queryUnits, readUnits, writeUnits } from '../../bench/metered/meter.ts';

const item = (octets: number) => marshall({ a: 'x'.repeat(octets - 1) });

describe('an item weighs', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['its names and texts in octets', { name: 'ü' }, 6],
    ['an octet for two digits, and one more', { n: 1234 }, 1 + 3],
    ['another for a minus', { n: -1234 }, 1 + 4],
    ['one for a truth and for nothing', { t: true, n: null }, 4],
    ['three for a list, and one for each member', { l: ['a', 'bc'] }, 1 + 3 + 2 + 3],
    ['three for a map, and one for each member', { m: { a: 'bc' } }, 1 + 3 + 1 + 1 + 2],
  ])('%s', (_, content, octets) => {
    expect(itemSize(marshall(content))).toBe(octets);
  });
});

describe('units', () => {
  test('of a read are those of 4 KB, and one where nothing is', () => {
    expect([undefined, item(4096), item(4097)].map(readUnits)).toEqual([1, 1, 2]);
  });

  test('of a write are those of 1 KB of the larger state', () => {
    expect(writeUnits(undefined, item(1024))).toBe(1);
    expect(writeUnits(item(1025), item(10))).toBe(2);
    expect(writeUnits(item(10), item(2049))).toBe(3);
  });

  test('of a query are those of all its items together', () => {
    expect(queryUnits([item(2048), item(2048)])).toBe(1);
    expect(queryUnits([item(2048), item(2049)])).toBe(2);
    expect(queryUnits([])).toBe(1);
  });

  test('of an index follow what it holds', () => {
    const [one, other] = [marshall({ key: 'a', text: 'b' }), marshall({ key: 'a', text: 'c' })];
    expect(indexUnits(undefined, undefined, ['key'])).toBe(0);
    expect(indexUnits(undefined, one, ['key'])).toBe(1);
    expect(indexUnits(one, one, ['key'])).toBe(0);
    expect(indexUnits(one, other, ['key'])).toBe(1);
    expect(indexUnits(one, marshall({ key: 'z' }), ['key'])).toBe(2);
  });
});

describe('expressions', () => {
  const placeholders = {
    ExpressionAttributeNames: { '#v': 'v', '#used': 'used', '#old': 'old' },
    ExpressionAttributeValues: marshall({ ':v': 2, ':limit': 10, ':one': 1 }),
  };

  test.each<[string, Record<string, unknown> | undefined, boolean]>([
    ['attribute_not_exists(#v)', undefined, true],
    ['attribute_not_exists(#v)', { v: 1 }, false],
    ['attribute_exists(#v)', { v: 1 }, true],
    ['#v = :v', { v: 2 }, true],
    ['#v = :v', undefined, false],
    ['attribute_not_exists(#used) OR #used < :limit', { used: 9 }, true],
    ['attribute_not_exists(#used) OR #used < :limit', { used: 10 }, false],
    ['#v = :v AND attribute_not_exists(#old)', { v: 2, old: 1 }, false],
    ['#used <= :limit', { used: 10 }, true],
  ])('%s holds for %j: %j', (condition, content, expected) => {
    expect(holds(condition, content && marshall(content), placeholders)).toBe(expected);
  });

  test('of another form are refused rather than guessed at', () => {
    expect(() => holds('size(#v) > :v', undefined, placeholders)).toThrow(TypeError);
    expect(() => updated('SET #v = if_not_exists(#v, :one)', {}, placeholders)).toThrow(TypeError);
  });

  test('set, remove and add', () => {
    const before = marshall({ old: 'x', used: 2 });
    expect(updated('SET #v = :v REMOVE #old ADD #used :one', before, placeholders)).toEqual(
      marshall({ used: 3, v: 2 }),
    );
  });
});
