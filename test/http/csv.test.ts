import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvError, readCsv, writeCsv } from '../../lib/http/csv.ts';

const RUNS = { seed: 20_261_123, numRuns: 3_000 };
const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r'];

/** Any text, and often one with what CSV and spreadsheets give a meaning. */
const cells = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...FORMULA_STARTS, "'", '"', ',', '\n', ' ', 'a', 'é', '💥', '\0') }),
);
const rows = fc.array(fc.array(cells, { minLength: 1, maxLength: 5 }), { maxLength: 5 });

/** What a program sees that knows RFC 4180 and nothing of us. */
function readElsewhere(text: string): string[][] {
  return parse(text, { relax_column_count: true, record_delimiter: '\r\n' });
}

describe('a cell', () => {
  test.each([
    ['ada', 'ada'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded ', '" padded "'],
    ['a b', 'a b'],
    ['é💥', 'é💥'],
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-id', "'-id"],
    ['@home', "'@home"],
    ['\ttab', `"'\ttab"`],
    ['\rcr', `"'\rcr"`],
    ["'quoted", "''quoted"],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['a=1', 'a=1'],
    ["O'Hara", "O'Hara"],
  ])('%j is written as %j', (cell, written) => {
    expect(writeCsv([['first', cell]])).toBe(`first,${written}\r\n`);
    expect(readCsv(`first,${written}\r\n`)).toEqual([['first', cell]]);
  });
});

describe('rows', () => {
  test('read back as they were written', () => {
    fc.assert(
      fc.property(rows, (written) => {
        expect(readCsv(writeCsv(written))).toEqual(written);
      }),
      RUNS,
    );
  });

  test('are read by others as they were written, but for one quote', () => {
    fc.assert(
      fc.property(rows, (written) => {
        const seen = readElsewhere(writeCsv(written));
        expect(seen.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(written);
      }),
      RUNS,
    );
  });

  test('hold no cell that a spreadsheet evaluates', () => {
    fc.assert(
      fc.property(rows, (written) => {
        const starts = readElsewhere(writeCsv(written))
          .flat()
          .map((cell) => cell[0]);
        expect(starts.filter((start) => FORMULA_STARTS.includes(start ?? ''))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('of two files are those of the files put together', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        expect(readCsv(writeCsv(first) + writeCsv(second))).toEqual([...first, ...second]);
      }),
      RUNS,
    );
  });

  test.each<[string, string, string[][]]>([
    ['nothing', '', []],
    ['a row without an end', 'a,b', [['a', 'b']]],
    ['a row that ends in a comma', 'a,', [['a', '']]],
    ['LF for CRLF', 'a\nb\n', [['a'], ['b']]],
    ['an empty line', 'a\r\n\r\nb', [['a'], [''], ['b']]],
    ['a megabyte in quotes', `"${'""'.repeat(500_000)}"`, [['"'.repeat(500_000)]]],
  ])('are read from %s', (_, text, expected) => {
    expect(readCsv(text)).toEqual(expected);
  });

  test.each([
    ['a,"b', 3],
    ['a"b', 1],
    ['"a"b', 1],
    ['a\rb', 1],
  ])('are not read from %j', (text, place) => {
    expect(() => readCsv(text)).toThrow(new CsvError(`No CSV at character ${place}.`));
  });
});
