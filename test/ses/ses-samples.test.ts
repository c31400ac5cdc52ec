import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { createEffects } from '../../lib/ses/effects.ts';
import { readBody } from '../../lib/ses/read-body.ts';
import { inShort } from './in-short.ts';
import { EXPECTED_OF_SAMPLES } from './ses-samples.expected.ts';

/** Messages of third parties: read where they lie, never copied into this repository. */
const FOLDER = join(import.meta.dirname, '../../../shared/ses-samples');

const WORDS = [
  `(?:${[...REASONS, 'shared_complaint'].join('|')}) (?:permanent|transient)`,
  'mark (?:sesAccountList|sesGlobalList|sesValidation) (?:bounce|complaint)',
  'nothing [\\w ]+',
  'delivery',
  'refused \\w+',
];

test('the table of samples says something of every file, in known words', () => {
  const known = new RegExp(`^(?:${WORDS.join('|')})$`);
  const table = Object.entries(EXPECTED_OF_SAMPLES);
  expect(table).toHaveLength(58);
  for (const [file, expected] of table) {
    expect(file).toMatch(/^\d{3}-[\w.-]+\.json$/);
    expect(expected.length).toBeGreaterThan(0);
    for (const words of expected) expect(words).toMatch(known);
  }
});

if (existsSync(FOLDER)) {
  describe('Messages of SES as the public has seen them', () => {
    const effects = createEffects({ canonicalAddress, classify });

    test('every file stands in the table', () => {
      const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
      expect(files.sort()).toEqual(Object.keys(EXPECTED_OF_SAMPLES));
    });

    test.each(Object.entries(EXPECTED_OF_SAMPLES))('%s', (file, expected) => {
      const { notifications, refusals } = readBody(readFileSync(join(FOLDER, file), 'utf8'));
      const found = [
        ...notifications.flatMap(effects).map(inShort),
        ...refusals.map(({ reason }) => `refused ${reason}`),
      ];
      expect(found).toEqual(expected);
    });
  });
}
