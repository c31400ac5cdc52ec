import { describe, expect, test } from '@jest/globals';
import { ClassifyUsageError, parseClassifyOptions } from '../../cli/classify-options.ts';

describe('npm run classify', () => {
  test.each([
    [['a.jsonl'], { file: 'a.jsonl', explain: false, score: false }],
    [['-'], { file: '-', explain: false, score: false }],
    [['--explain', 'a.jsonl'], { file: 'a.jsonl', explain: true, score: false }],
    [['a.jsonl', '--score'], { file: 'a.jsonl', explain: false, score: true }],
    [['--', '--odd-name'], { file: '--odd-name', explain: false, score: false }],
  ])('%j', (args, options) => {
    expect(parseClassifyOptions(args)).toEqual(options);
  });

  test('shows the help, whatever else is asked', () => {
    expect(parseClassifyOptions(['--help'])).toBe('help');
    expect(parseClassifyOptions(['a', 'b', '--help'])).toBe('help');
  });

  test.each([
    [[], 'Name a file, or - for standard input'],
    [['a', 'b'], 'Name one file only'],
    [['a', '--explain', '--score'], 'Choose --explain or --score'],
    [['a', '--loud'], "Unknown option '--loud'"],
  ])('%j is wrong usage', (args, message) => {
    expect(() => parseClassifyOptions(args)).toThrow(ClassifyUsageError);
    expect(() => parseClassifyOptions(args)).toThrow(message);
  });
});
