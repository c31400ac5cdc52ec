import { describe, expect, test } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { InputError } from '../../../cli/filter/input-error.ts';
import { readList } from './lists.ts';

const A = 'ada@example.com';
const B = 'bob@example.org';

describe('a list', () => {
  test.each([
    ['of lines', `${A}\n${B}\n`],
    ['of lines that end as on Windows', `${A}\r\n${B}\r\n`],
    ['of lines that end as on old Macs', `${A}\r${B}\r`],
    ['of lines that end in all ways', `${A}\r\n\r\n\n${B}`],
    ['with a byte order mark', `\ufeff${A}\n${B}\n`],
    ['with a header', `E-Mail\n${A}\n${B}`],
    ['of quoted cells', `"email"\n"${A}"\n"${B}"`],
    ['as CSV', `Name,Email\n"Lovelace, Ada",${A}\nBob,${B}\n`],
    ['as CSV without a header', `"Lovelace, Ada",${A}\nBob,${B}\n`],
    ['with semicolons', `Name;Email;City\nAda;${A};London\nBob;${B};\n`],
    ['with tabs', `Name\tEmail\nAda, or so\t${A}\nBob\t${B}\n`],
    ['with bars', `Name|Email\nAda|${A}\nBob|${B}\n`],
    ['whose column has a name of its own', `Name,Kontakt\nAda,${A}\nBob,${B}\n`],
    ['whose column is not the one named "address"', `address,mail_1\n1 Street,${A}\n2 Street,${B}\n`],
    ['with ends of lines in cells', `note,email\n"one\ntwo",${A}\n"three\r\nfour",${B}\n`],
    ['with rows that are too long and too short', `email,name\n${A},Ada,more\n${B}\n`],
  ])('%s', async (_how, text) => {
    expect((await readList(text)).recipients).toEqual([A, B]);
    expect((await readList(text, { pieces: 1 })).recipients).toEqual([A, B]);
  });

  test.each([
    ['a name with a comma', `Lovelace, Ada <${A}>\n"Bob, Jr" <${B}>\n${A}`, 3],
    ['what is no address', `nobody\n${A}\n`, 2],
    ['what was meant to be one', `ada@@example.com\n${A}\n`, 2],
    ['a line of blanks', `  \n${A}\n`, 2],
  ])('of lines with %s has each line for an address', async (_what, text, count) => {
    const { kind, recipients } = await readList(text);
    expect(kind).toBe('lines');
    expect(recipients).toHaveLength(count);
  });

  test.each([
    [`${A}\n`, null],
    [`${A},Ada\n`, null],
    [`ada@@example.com,Ada\n${B},Bob\n`, null],
    [`Email\n${A}\n`, 'Email'],
    [`email_address\n${A}\n`, 'email_address'],
    [`nobody\n${A}\n`, null],
    [`"Your e-mail",Name\r\n${A},Ada\r\n`, '"Your e-mail",Name'],
  ])('%j has the header %j', async (text, header) => {
    expect((await readList(text)).header).toBe(header);
  });

  test.each(['', '\n\r\n', '\ufeff', 'email\n'])('of %j has no rows', async (text) => {
    expect((await readList(text)).raws).toEqual([]);
  });
});

describe('the column of addresses', () => {
  const CONTACTS = `owner,name,contact\n${A},Ada,${B}\n`;

  test.each([
    ['by its name', 'contact', 2],
    ['by its name in any case', ' OWNER ', 0],
    ['by its number', '3', 2],
    ['though it holds no address', 'name', 1],
  ])('is chosen %s', async (_how, column, expected) => {
    expect((await readList(CONTACTS, { column })).column).toBe(expected);
  });

  test.each([
    [
      'two could be it',
      CONTACTS,
      null,
      'Several columns hold addresses: owner, contact. Choose with --column.',
    ],
    ['two could be it', `${A},${B}\n`, null, 'Several columns hold addresses: 1, 2. Choose with --column.'],
    [
      'none holds one',
      'a,b\n1,2\n',
      null,
      'No column holds addresses. Name the one that should with --column.',
    ],
    [
      'there is no such name',
      CONTACTS,
      'mail',
      'There is no column "mail". The columns are: owner, name, contact',
    ],
    [
      'there is no such number',
      CONTACTS,
      '4',
      'There is no column "4". The columns are: owner, name, contact',
    ],
    [
      'there are no names',
      `${A},x\n`,
      'mail',
      'There is no column "mail", and no header. Give a number from 1 to 2.',
    ],
  ])('must be named when %s', async (_when, text, column, message) => {
    await expect(readList(text, { column })).rejects.toThrow(new InputError(message));
  });

  test('is the one that holds the most where another holds a few', async () => {
    const rows = [`${A},${B}`, ...Array.from({ length: 9 }, (_, at) => `person${at}@example.com,none`)];
    expect((await readList(rows.join('\n'))).column).toBe(0);
  });
});

describe('what is no list', () => {
  test.each([
    ['UTF-16', Buffer.from(`\ufeff${A}\n`, 'utf16le'), 'This is no text'],
    ['a spreadsheet', Buffer.from('504b03041400060008000000', 'hex'), 'This is no text'],
    ['a quote that nobody closes', `email,name\n${A},"Ada\n${B},Bob\n`, 'Quote Not Closed'],
    ['a quote inside a cell', `email,name\n${A},5" pipe\n`, 'a quote is found on field 1 at line 2'],
    ['a quote that closes too early', `email,name\n${A},"Ada\n${B},"Bob"\n`, 'Invalid Closing Quote'],
    ['a row of more than a megabyte', `email,name\n${A},"${'x'.repeat(1_100_000)}"\n`, 'Max Record Size'],
  ])('%s is refused', async (_what, text, message) => {
    const reading = readList(text, { pieces: 70_000 });
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
  });
});

describe('bytes', () => {
  test('of other encodings come out as they went in, and an address is read as what it is', async () => {
    const latin1 = Buffer.from(`email,name\r\njosé@example.com,José\r\n`, 'latin1');
    const utf8 = Buffer.from(`email,name\r\njosé@example.com,José\r\n`, 'utf8');
    for (const bytes of [latin1, utf8]) {
      const { header, raws, recipients } = await readList(bytes, { pieces: 1 });
      expect(Buffer.from([header, ...raws, ''].join('\r\n'), 'latin1')).toEqual(bytes);
      expect(recipients).toEqual(['josé@example.com']);
    }
  });

  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('"', ',', ';', '\n', '\r', "'", '=', '@', ' ', 'é', 'x'),
      maxLength: 6,
    }),
  );
  const table = fc
    .record({
      rows: fc.array(fc.tuple(cell, fc.emailAddress(), cell), { minLength: 1, maxLength: 30 }),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
      pieces: fc.integer({ min: 1, max: 50 }),
    })
    .filter(({ rows }) => rows.every((cells) => !cells.join('').includes('\0')));

  test('of any table come out as they went in, and each row is one row', async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ rows, pieces, ...options }) => {
        const text = stringify([['first', 'email', 'last'], ...rows], { ...options, quoted_match: /[\r\n]/ });
        const { header, raws, recipients } = await readList(text, { pieces });
        expect(recipients).toEqual(rows.map(([, address]) => address));
        const written = [header, ...raws].map((raw) => `${raw}${options.record_delimiter}`).join('');
        expect(Buffer.from(written, 'latin1').toString('utf8')).toBe(text);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
