import { describe, expect, test } from '@jest/globals';
import { matches, readPattern } from '../../local/event-pattern.ts';
import { TemplateError } from '../../local/template-error.ts';

const PATTERN = '{"a":{"b":["x","y"]},"c":{"d":[{"exists":true}]}}';

describe('an event', () => {
  test.each([
    [{ a: { b: 'x' }, c: { d: 1 }, e: 2 }, true],
    [{ a: { b: 'y' }, c: { d: null } }, true],
    [{ a: { b: 'z' }, c: { d: 1 } }, false],
    [{ a: { b: 'x' }, c: {} }, false],
    [{ a: { b: 'x' } }, false],
    [{ a: 'x', c: { d: 1 } }, false],
    [null, false],
  ])('%j: %j', (event, expected) => {
    expect(matches(readPattern(PATTERN), event)).toBe(expected);
  });

  test('may be asked to lack something', () => {
    const pattern = readPattern('{"a":[{"exists":false}]}');
    expect([matches(pattern, {}), matches(pattern, { a: 1 })]).toEqual([true, false]);
  });

  test('is not asked for what is not understood here', () => {
    for (const rule of ['{"prefix":"x"}', '1', '{"exists":true,"prefix":"x"}']) {
      expect(() => readPattern(`{"a":[${rule}]}`)).toThrow(TemplateError);
    }
  });
});
