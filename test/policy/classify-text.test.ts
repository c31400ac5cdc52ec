import { describe, expect, test } from '@jest/globals';
import { plain, prepare } from '../../lib/policy/classifier-text.ts';
import { classify } from '../../lib/policy/classify.ts';
import { said } from './classify-cases.ts';

const MOST_CHARACTERS = 2049;
const HOSTILE = ['a', ' ', 'a@', '5.1.1 ', 'user ', 'expired <550 ', '(((', '\u202e', 'é', '한', '\ud800'];

describe('the cap', () => {
  test.each(HOSTILE)('64 KB of %j are cut before anything is looked for', (unit) => {
    const { text, words } = prepare(plain(unit.repeat(65_536 / unit.length)));
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(words.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  test('the beginning and the end of a long text count, its middle does not', () => {
    const filler = 'lorem ipsum '.repeat(5_000);
    expect(classify(said(`550 user unknown ${filler}`)).reason).toBe('unknown_user');
    expect(classify(said(`550 ${filler} user unknown`)).reason).toBe('unknown_user');
    expect(classify(said(`550 ${filler} user unknown ${filler}`)).reason).toBe('other');
  });
});

describe('the words of a text', () => {
  test.each([
    ['links', 'see https://example.com/a?b=c now www.example.com', 'see now'],
    ['addresses', 'user <a.b+c@mail.example.com>: unknown', 'user : unknown'],
    ['host names', 'host mx1.example.com refused', 'host refused'],
    ['IP addresses', 'client [192.0.2.1] blocked', 'client blocked'],
    ['reply codes of every line', '550-5.1.1 no such 550-5.1.1 user 550 5.1.1 here', 'no such user here'],
    ['status codes in brackets', 'no mailbox (#5.1.1)', 'no mailbox'],
    ['who speaks', 'smtp; host mx.example.com[192.0.2.1] said: no such user', 'no such user'],
    ['the command', 'no such user (in reply to RCPT TO command)', 'no such user'],
    ['accents', 'Boîte pleine, überfüllt', 'boite pleine, uberfullt'],
    ['white space and controls', ' no\r\n\tsuch\u0000user ', 'no such user'],
    ['characters without width', 'us\u200ber un\u00adknown', 'user unknown'],
    ['typographic apostrophes', 'doesn’t exist', "doesn't exist"],
    ['underscores', 'user_unknown', 'user unknown'],
  ])('are without %s', (_what, raw, words) => {
    expect(prepare(plain(raw)).words).toBe(words);
  });

  test.each([
    ['Japanese', '宛先が不明です'],
    ['Korean', '존재하지 않는'],
    ['Russian', 'почтовый ящик'],
  ])('keep their letters in %s', (_language, text) => {
    expect(prepare(plain(text)).words).toBe(text);
  });
});
