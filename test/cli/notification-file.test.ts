import { describe, expect, test } from '@jest/globals';
import { NotificationFileError, parseNotifications } from '../../cli/notification-file.ts';

describe('a file holds', () => {
  test.each([
    ['one object', '{\n  "a": 1\n}\n', ['{"a":1}']],
    ['an array of objects', '[{"a":1},\n {"b":2}]', ['{"a":1}', '{"b":2}']],
    ['nothing to publish, in an empty array', '[]', []],
    ['one object per line', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['one object per line, with empty lines and CRLF', '\n{"a":1}\r\n\r\n{"b":2}', ['{"a":1}', '{"b":2}']],
  ])('%s', (_, text, messages) => {
    expect(parseNotifications(text, 'f.json')).toEqual(messages);
  });
});

describe('a file is refused', () => {
  test.each([
    ['that is empty', ' \n', 'f.json is empty'],
    ['that is no JSON', '{\n  "a": 1,\n  b\n}', 'f.json, line 3: '],
    ['that ends too early', '{"a":', 'f.json: Unexpected end of JSON input'],
    ['with a bad line among good ones', '{"a":1}\n\n{"b"}\n', 'f.json, line 3: '],
    ['with a line that is no object', '{"a":1}\n[1]\n', 'f.json, line 2 is not a JSON object'],
    ['that holds a text', '"hello"', 'f.json, notification 1 is not a JSON object'],
    ['with something else in its array', '[{"a":1}, null]', 'f.json, notification 2 is not a JSON object'],
  ])('%s', (_, text, message) => {
    expect(() => parseNotifications(text, 'f.json')).toThrow(NotificationFileError);
    expect(() => parseNotifications(text, 'f.json')).toThrow(message);
  });
});
