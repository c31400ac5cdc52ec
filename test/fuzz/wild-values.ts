import type { Chance } from './chance.ts';

export const ADDRESSES = [
  'ada@example.com',
  'bob@example.net',
  'Dead.Person+tag@example.org',
  '"quo ted"@example.com',
  'jörg@bücher.example',
  'a/b@example.com',
  '50%off@example.com',
  'x@[192.0.2.1]',
];

const SPLINTERS = [
  '',
  ' ',
  '\0',
  '\u0007\u001b[31m',
  '\ud800',
  '\udfff\ud83d',
  '\u202egnp.exe',
  '\u2028',
  'ﬁ\u0301\u0301',
  '😀'.repeat(20),
  'ß'.repeat(300),
  '%',
  '%00',
  '%2F',
  '../'.repeat(5),
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '1e999',
  '-0',
  'null',
  '{{7*7}}',
  "' OR 1=1 --",
  '<script>',
  '=cmd()',
  '2026-11-23T00:00:00Z',
  '0000-00-00',
  '9'.repeat(400),
];

/** Text of any kind: known, broken, long, of any code points. */
export function wildText(chance: Chance): string {
  switch (chance.below(6)) {
    case 0:
      return chance.of(ADDRESSES);
    case 1:
      return chance.of(SPLINTERS);
    case 2:
      return chance.of(SPLINTERS) + chance.of(ADDRESSES) + chance.of(SPLINTERS);
    case 3:
      return `${wildText(chance)}${wildText(chance)}`.slice(0, 2_000);
    case 4:
      return Array.from({ length: chance.below(30) }, () =>
        String.fromCodePoint(chance.below(chance.once(3) ? 0x110000 : 0x250)),
      ).join('');
    default:
      return 'x'.repeat(chance.of([0, 1, 63, 64, 65, 254, 255, 1_000, 5_000]));
  }
}

const NUMBERS = [0, -0, 1, -1, 0.1, 1e21, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 31, 2 ** 53];

/** Anything that JSON can say, its members named by words that are asked for and by such as should not be. */
export function wildValue(chance: Chance, names: readonly string[], depth = 0): unknown {
  switch (chance.below(depth > 4 ? 4 : 7)) {
    case 0:
      return chance.of([true, false, null]);
    case 1:
      return chance.of(NUMBERS);
    case 2:
    case 3:
      return wildText(chance);
    case 4:
      return Array.from({ length: chance.below(5) }, () => wildValue(chance, names, depth + 1));
    case 5:
      return nestedValue(chance);
    default:
      return wildObject(chance, names, depth + 1);
  }
}

export function wildObject(chance: Chance, names: readonly string[], depth = 0): object {
  const entries = Array.from({ length: chance.below(6) }, () => [
    chance.once(6) ? wildText(chance) : chance.of([...names, '__proto__', 'constructor', 'prototype']),
    wildValue(chance, names, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

/** JSON text with some of its bytes changed, cut off or doubled. */
export function mutated(chance: Chance, text: string): Buffer {
  const bytes = Buffer.from(text);
  for (let times = chance.below(4); times > 0 && bytes.length > 0; times--) {
    bytes[chance.below(bytes.length)] = chance.below(256);
  }
  const cut = chance.once(4) ? bytes.subarray(0, chance.below(bytes.length + 1)) : bytes;
  return chance.once(8) ? Buffer.concat([cut, bytes]) : cut;
}

function nestedValue(chance: Chance): unknown {
  let value: unknown = wildText(chance);
  for (let times = chance.of([2, 31, 32, 33, 60]); times > 0; times--) {
    value = chance.once(2) ? [value] : { x: value };
  }
  return value;
}
