import { test } from '@jest/globals';
import { canonicalAddress } from '../../lib/policy/address.ts';

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
