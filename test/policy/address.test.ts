import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { canonicalDomain } from '../../lib/policy/domain.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { cpuTimeInMs } from '../support/cpu-time.ts';
import vectors from './address-vectors.json' with { type: 'json' };

const RUNS = { numRuns: 10_000, seed: 20_261_104 };

const plainLocal = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,40}$/);
const label = fc.stringMatching(/^[A-Za-z0-9]{1,12}(-[a-z0-9]{1,6})?$/);
const plainDomain = fc
  .tuple(fc.array(label, { maxLength: 4 }), fc.constantFrom('com', 'TEST', 'example', 'org.'))
  .map(([labels, last]) => [...labels, last].join('.'));
const quotedLocal = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[ !#-[\]-~]$/),
      fc.stringMatching(/^[ -~]$/).map((c) => `\\${c}`),
    ),
    {
      maxLength: 30,
    },
  )
  .map((characters) => `"${characters.join('')}"`);
const displayName = fc.constantFrom(
  '',
  'Ada ',
  '"Lovelace, <Ada>" ',
  '=?UTF-8?Q?Ad=C3=A1?= ',
  'Lovelace, Ada ',
);

/** Text that comes close to being an address, which plain random text never does. */
const nearAddress = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        '\\',
        '<',
        '>',
        '@',
        '.',
        ' ',
        '\t',
        '\r\n',
        ',',
        ';',
        ':',
        '(',
        '[',
        ']',
        '/',
        '%41',
        '?',
      ),
      fc.constantFrom(
        'ada',
        'ADA',
        '@example.com',
        '@b\u00fccher.test',
        'xn--',
        '0x1f',
        '127',
        '\u3002',
        '\uff0e',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        '\u0130',
        '\u03a3',
        '\u0338',
        '\u212a',
        '\u037e',
        '\ud800',
        '\u202e',
        '\u200d',
        '\u00ad',
      ),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

const anyText = fc.oneof(
  nearAddress,
  nearAddress.map((text) => `${text}@example.com`),
  nearAddress.map((text) => `"${text}"@example.com`),
  nearAddress.map((text) => `ada@${text}.example`),
  fc.tuple(plainLocal, plainDomain).map((parts) => parts.join('@')),
  fc.tuple(quotedLocal, plainDomain).map((parts) => parts.join('@')),
  fc.string({ unit: 'binary' }),
);

describe('the canonical address', () => {
  test.each(vectors.map((vector) => ({ ...vector, written: JSON.stringify(vector.input) })))(
    '$about: $written',
    ({ input, canonical, key }) => {
      expect(canonicalAddress(input)).toBe(canonical);
      expect(canonical === null ? null : addressHash(canonical)).toBe(key);
    },
  );

  test.each(vectors.filter(({ canonical }) => canonical !== null))(
    'is its own canonical form: $canonical',
    (vector) => {
      expect(canonicalAddress(vector.canonical ?? '')).toBe(vector.canonical);
    },
  );

  test('is null or its own canonical form, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const canonical = canonicalAddress(text);
        if (canonical !== null) expect(canonicalAddress(canonical)).toBe(canonical);
      }),
      RUNS,
    );
  });

  test('holds no capital, control, white space but in quotes, or lone surrogate, and keeps the limits', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const canonical = canonicalAddress(text);
        if (canonical === null) return;
        const at = canonical.lastIndexOf('@');
        expect(canonical).not.toMatch(/[A-Z]|[\p{C}\p{Zl}\p{Zp}]/u);
        expect(canonical.slice(at + 1)).toMatch(/^[a-z0-9_.-]{1,253}$/);
        expect(Buffer.byteLength(canonical.slice(0, at))).toBeLessThanOrEqual(64);
        if (!canonical.startsWith('"')) expect(canonical.slice(0, at)).not.toMatch(/[\s"\\@<>,;:()[\]]/);
      }),
      RUNS,
    );
  });

  test('is the same with a display name, brackets, capitals, quotes and white space around it', () => {
    fc.assert(
      fc.property(plainLocal, plainDomain, displayName, (local, domain, name) => {
        const plain = canonicalAddress(`${local}@${domain}`);
        expect(plain).not.toBeNull();
        for (const written of [
          `${name}<${local}@${domain}>`,
          `"${local}"@${domain}`,
          ` ${local.toUpperCase()}@${domain.toLowerCase()}\r\n`,
        ]) {
          expect(canonicalAddress(written)).toBe(plain);
        }
      }),
      RUNS,
    );
  });

  test('takes every quoted local part that fits', () => {
    fc.assert(
      fc.property(quotedLocal, (local) => {
        const canonical = canonicalAddress(`${local}@example.com`);
        expect(canonical !== null || local.length > 60).toBe(true);
      }),
      RUNS,
    );
  });

  test.each([
    ['combining marks', `a${'\u0301\u0323'.repeat(500_000)}@example.com`],
    ['combining marks in the domain', `a@b${'\u0301\u0323'.repeat(500_000)}.example`],
    ['opening brackets', `${'<'.repeat(1_000_000)}>`],
    ['quotes', `${'"'.repeat(1_000_000)}>`],
    ['at signs before a list', `${'@'.repeat(1_000_000)}<ada@example.com>`],
    ['dots', `ada@${'a.'.repeat(1_000_000)}`],
  ])('a million %s are no address, at once', (_, text) => {
    expect(cpuTimeInMs(() => expect(canonicalAddress(text)).toBeNull())).toBeLessThan(1_000);
  });
});

describe('the canonical domain', () => {
  test.each([
    ['Example.COM.', 'example.com'],
    ['b\u00fccher.example', 'xn--bcher-kva.example'],
    ['127.0.0.1', null],
    ['', null],
    ['.', null],
    ['a@example.com', null],
    [' example.com', null],
  ])('%j is %j', (text, canonical) => {
    expect(canonicalDomain(text)).toBe(canonical);
  });
});
