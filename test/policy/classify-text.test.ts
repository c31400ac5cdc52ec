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

  test('a text of 2,048 characters is whole, and one more costs it its middle', () => {
    const longest = Array.from({ length: 256 }, (_, index) => `word${1_000 + index}`).join('');
    expect(longest).toHaveLength(2_048);
    expect(plain(longest)).toBe(longest);
    expect(plain(`${longest}x`)).toBe(`${longest.slice(0, 1_536)} ${longest.slice(1_537)}x`);
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
    ['who speaks, behind white space', '  smtp; host mx.example.com said: no such user', 'no such user'],
    ['a command, and keep a gap', 'no/in reply to DATA command/such', 'no/ /such'],
    ['an address, and keep a gap', 'to:ada@example.com,unknown', 'to: ,unknown'],
    ['a host name, and keep a gap', 'at:mx1.example.com,refused', 'at: ,refused'],
    ['a reply code, and keep a gap', 'no,550-such', 'no, such'],
    ['an IP address, and keep a gap', 'from:192.0.2.1,blocked', 'from: ,blocked'],
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
