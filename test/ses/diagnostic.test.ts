import { describe, expect, test } from '@jest/globals';
import { cleanDiagnostic } from '../../lib/ses/diagnostic.ts';
import { cpuTimeInMs } from '../support/cpu-time.ts';

const octets = (text: string | null): number => new TextEncoder().encode(text ?? '').length;

describe('cleanDiagnostic', () => {
  test.each([
    ['plain words stay', 'smtp; 550 5.1.1 user unknown', 'smtp; 550 5.1.1 user unknown'],
    [
      'lines become one',
      '550-5.1.1 no such user.\r\n550 5.1.1\ttry again\n',
      '550-5.1.1 no such user. 550 5.1.1 try again',
    ],
    ['separators of lines too', 'a\u2028b\u2029c\u0085d', 'a b c d'],
    ['controls go', 'a\u0000b\u001b[31mc\u007fd\u009be', 'ab[31mcde'],
    ['marks of direction go', 'a\u202eb\u2066c\u2069d\u200ee\u061cf', 'abcdef'],
    ['other scripts stay', 'Empfänger unbekannt: 宛先不明 🚫', 'Empfänger unbekannt: 宛先不明 🚫'],
    ['half a character is shown as lost', 'a\ud83dz', 'a\ufffdz'],
  ])('%s', (_, text, expected) => {
    expect(cleanDiagnostic(text)).toBe(expected);
  });

  test.each([[null], [''], ['  \r\n '], ['\u202e\u0000']])('%p leaves nothing', (text) => {
    expect(cleanDiagnostic(text)).toBeNull();
  });

  test.each([
    ['one octet a character', 'a', 1024],
    ['two', 'ä', 1024],
    ['three', '宛', 1023],
    ['four', '🚫', 1024],
    ['four, out of step', 'x🚫', 1021],
  ])('is cut at 1 KB between characters: %s', (_, character, expected) => {
    const cleaned = cleanDiagnostic(character.repeat(2000));
    expect(octets(cleaned)).toBe(expected);
    expect(cleaned?.isWellFormed()).toBe(true);
    expect(cleaned).not.toContain('\ufffd');
  });

  test('64 KB of hostile text is cleaned in no time', () => {
    const hostile = `${'\u202e\r\n '.repeat(16_384)}end`;
    expect(cpuTimeInMs(() => expect(cleanDiagnostic(hostile)).toBeNull())).toBeLessThan(50);
  });
});
