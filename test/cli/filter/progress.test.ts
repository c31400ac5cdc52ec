import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { createProgress, type ProgressOptions } from '../../../cli/filter/progress.ts';
import { summaryText } from '../../../cli/filter/summary.ts';
import { duration } from '../../../cli/quantities.ts';

function createScene(options: Partial<ProgressOptions> & { isTTY?: boolean } = {}) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: options.isTTY ?? false });
  const time = { now: 0 };
  const progress = createProgress({
    stream,
    totalBytes: 1_000,
    rowsBefore: 0,
    clock: () => time.now,
    ...options,
  });
  return { progress, time, text: () => String(stream.read() ?? '') };
}

describe('progress', () => {
  test('is a line every ten seconds where there is no terminal', () => {
    const { progress, time, text } = createScene();
    time.now = 5_000;
    progress.update({ rows: 50, bytes: 100 });
    expect(text()).toBe('');
    time.now = 10_000;
    progress.update({ rows: 100, bytes: 200 });
    expect(text()).toBe('20%, 100 rows, 10 a second, 40 s left\n');
    time.now = 19_000;
    progress.update({ rows: 190, bytes: 300 });
    progress.stop();
    expect(text()).toBe('');
  });

  test('counts the pace of this run alone', () => {
    const { progress, time, text } = createScene({ rowsBefore: 400 });
    time.now = 10_000;
    progress.update({ rows: 500, bytes: 500 });
    expect(text()).toBe('50%, 500 rows, 10 a second, 50 s left\n');
  });

  test('promises no end of a pipe', () => {
    const { progress, time, text } = createScene({ totalBytes: null });
    time.now = 10_000;
    progress.update({ rows: 12_345, bytes: 500 });
    expect(text()).toBe('12,345 rows, 1,235 a second\n');
  });

  test('is a bar on a terminal, which it leaves clean', () => {
    const { progress, time, text } = createScene({ isTTY: true });
    time.now = 10_000;
    progress.update({ rows: 100, bytes: 200 });
    progress.stop();
    const shown = text();
    expect(shown).toContain('====---------------- 20%, 100 rows, 10 a second, 40 s left');
    expect(shown.slice(shown.lastIndexOf('left'))).toContain('\u001b[?25h');
  });
});

test('the summary says what became of the rows, most first, and where they are', () => {
  const run = {
    totals: { sent: 978_112, notSent: { duplicate: 20_000, hard_bounce: 1_888 } },
    elapsedInMs: 100_000,
    rowsBefore: 0,
    seenIsFull: false,
  };
  expect(summaryText({ ...run, send: 's.csv', notSent: 'n\u001b[2Js.csv' }).split('\n')).toEqual([
    '1,000,000 rows in 1 min 40 s, 10,000 a second',
    '  to send                     978,112  s.csv',
    '  not sent                     21,888  n\\u001b[2Js.csv',
    '    duplicate                  20,000',
    '    hard_bounce                 1,888',
  ]);
  expect(summaryText({ ...run, elapsedInMs: 900 })).toMatch(/^1,000,000 rows in less than a second\n/);
  expect(summaryText({ ...run, rowsBefore: 400_000, seenIsFull: true })).toMatch(
    /^600,000 rows in 1 min 40 s, 6,000 a second, after 400,000 in earlier runs\n(?:.*\n)*.*sent to twice\.$/,
  );
});

test.each([
  [400, '0 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [3_599_000, '59 min 59 s'],
  [7_260_000, '2 h 1 min'],
])('%i ms are %s', (inMs, text) => {
  expect(duration(inMs)).toBe(text);
});
