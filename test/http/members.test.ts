import { describe, expect, test } from '@jest/globals';
import {
  readObject,
  readOptionalInteger,
  readOptionalObject,
  readOptionalText,
  readOptionalTexts,
  readTexts,
} from '../../lib/http/members.ts';
import { problemBodyOf } from './problem-of.ts';

const text = (value: unknown) => () => readOptionalText({ value }, 'value', 5);
const integer = (value: unknown) => () => readOptionalInteger({ value }, 'value', { least: 0, most: 9 });
const object = (value: unknown) => () => readOptionalObject({ value }, 'value');
const texts = (value: unknown) => () => readOptionalTexts({ value }, 'value');
const required = (value: unknown) => () => readTexts({ value }, 'value');

describe('a member that is as it should be', () => {
  test.each<[string, () => unknown, unknown]>([
    ['text', text('abcde'), 'abcde'],
    ['empty text', text(''), ''],
    ['no text', text(undefined), null],
    ['null for text', text(null), null],
    ['the least number', integer(0), 0],
    ['the greatest number', integer(9), 9],
    ['no number', integer(undefined), null],
    ['an object', object({ a: 1 }), { a: 1 }],
    ['no object', object(null), null],
    ['texts', texts(['a', '', 'a']), ['a', '', 'a']],
    ['no texts', texts(undefined), null],
    ['texts that must be there', required([]), []],
    ['a body', () => readObject({ a: 1 }), { a: 1 }],
  ])('%s', (_, read, value) => {
    expect(read()).toEqual(value);
  });
});

describe('a member that is not', () => {
  test.each<[string, () => unknown, string]>([
    ['a number for text', text(1), 'The member "value" must be text of at most 5 characters.'],
    ['text that is too long', text('abcdef'), 'The member "value" must be text of at most 5 characters.'],
    ['half a character', text('\ud800'), 'The member "value" must be text of at most 5 characters.'],
    ['text for a number', integer('1'), 'The member "value" must be a whole number from 0 to 9.'],
    ['a fraction', integer(1.5), 'The member "value" must be a whole number from 0 to 9.'],
    ['a number too small', integer(-1), 'The member "value" must be a whole number from 0 to 9.'],
    ['a number too great', integer(1e300), 'The member "value" must be a whole number from 0 to 9.'],
    ['true for an object', object(true), 'The member "value" must be an object.'],
    ['a list for an object', object([]), 'The member "value" must be an object.'],
    ['text for texts', texts('a'), 'The member "value" must be an array of strings.'],
    ['an object for texts', texts({ length: 0 }), 'The member "value" must be an array of strings.'],
    ['a number among texts', texts(['a', 1]), 'The member "value[1]" must be a string.'],
    ['a hole among texts', texts(['a', null]), 'The member "value[1]" must be a string.'],
    ['texts that are missing', required(undefined), 'The member "value" must be an array of strings.'],
    ['a list for a body', () => readObject([]), 'Send a JSON object as the body.'],
    ['no body', () => readObject(undefined), 'Send a JSON object as the body.'],
    ['null for a body', () => readObject(null), 'Send a JSON object as the body.'],
  ])('%s', (_, read, detail) => {
    expect(problemBodyOf(read)).toMatchObject({ code: 'invalid_request', detail });
  });
});

test('members that JavaScript gives to every object are nothing special', () => {
  const body = readObject(JSON.parse('{"__proto__": {"campaign": "x"}, "constructor": 1}'));
  expect(readOptionalText(body, 'campaign', 5)).toBeNull();
});
