import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalAddress } from '../../lib/policy/address.ts';

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

describe(`the canonical address (seed ${RUNS.seed})`, () => {
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
});

/** Every plane of Unicode that holds characters: the others are unassigned, or for private use. */
const PLANES = [0, 1, 2, 3, 14];
const PLANE = 0x10000;

test.each(PLANES)(
  'the canonical address is settled for every character of plane %d, alone and before a combining mark',
  (plane) => {
    for (let codePoint = plane * PLANE; codePoint < (plane + 1) * PLANE; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      for (const local of [`a${character}b`, `a${character}\u0307\u0345`]) {
        const canonical = canonicalAddress(`${local}@example.com`);
        if (canonical !== null && canonicalAddress(canonical) !== canonical) {
          throw new Error(`U+${codePoint.toString(16)} is not settled`);
        }
      }
    }
  },
);
