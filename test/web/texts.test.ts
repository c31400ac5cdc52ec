import { describe, expect, test } from '@jest/globals';
import { layersAbove } from '../../lib/policy/layers-above.ts';
import { POLICY_ROWS } from '../../lib/policy/policy-table.ts';
import { quotaLimit } from '../../lib/policy/quota.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import type { SesFacts } from '../../lib/policy/ses-layers.ts';
import { EN } from '../../web/texts/en.ts';
import { PL } from '../../web/texts/pl.ts';
import { createTranslate, type Forms, keyOfSentence, type TextKey } from '../../web/texts/translate.ts';
import { ACCOUNT, aStatus, NOW, sesFacts } from '../policy/builders.ts';

const KEYS = Object.keys(EN) as TextKey[];
/** Counts that take every form of Polish between them, and 1.5 for what has no whole number. */
const COUNTS = [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 102, 112, 1_000_000, 1.5];

function formsOf(text: string | Forms): string[] {
  return typeof text === 'string' ? [text] : Object.values(text);
}

function placeholdersOf(text: string | Forms): string[] {
  return [...new Set(formsOf(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}

describe('the catalogue', () => {
  test('holds the same keys in both languages', () => {
    expect(Object.keys(PL).sort()).toEqual([...KEYS].sort());
  });

  test.each(KEYS)('%s is filled in with the same values in both', (key) => {
    expect(formsOf(PL[key]).every((form) => form.trim() !== '')).toBe(true);
    expect(placeholdersOf(PL[key])).toEqual(placeholdersOf(EN[key]));
  });

  test.each(KEYS.filter((key) => typeof EN[key] !== 'string'))(
    '%s has every form that its language needs',
    (key) => {
      const [en, pl] = (['en', 'pl'] as const).map((language) =>
        new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted(),
      );
      expect(Object.keys(EN[key]).sort()).toEqual(en);
      expect(Object.keys(PL[key]).sort()).toEqual(pl);
    },
  );

  test('leaves nothing in English that Polish says otherwise', () => {
    const same = KEYS.filter((key) => JSON.stringify(EN[key]) === JSON.stringify(PL[key]));
    expect(same).toEqual(['campaign.reason.one', 'address.status', 'address.ses']);
  });
});

describe('plurals', () => {
  test.each([
    [0, '0 odbić'],
    [1, '1 odbicie'],
    [2, '2 odbicia'],
    [4, '4 odbicia'],
    [5, '5 odbić'],
    [12, '12 odbić'],
    [21, '21 odbić'],
    [22, '22 odbicia'],
    [112, '112 odbić'],
    [1_002, '1002 odbicia'],
  ])('%d', (count, text) => {
    expect(createTranslate(PL, 'pl')('overview.reasons.count', { count })).toBe(text);
  });

  test('never run out of forms', () => {
    const counted = KEYS.filter((key) => typeof EN[key] !== 'string');
    for (const [texts, language] of [
      [EN, 'en'],
      [PL, 'pl'],
    ] as const) {
      const t = createTranslate(texts, language);
      const written = counted.flatMap((key) => COUNTS.map((count) => t(key, { count })));
      expect(written.filter((text) => text.includes('undefined') || text.includes('{count}'))).toEqual([]);
    }
  });
});

describe('the words of the policy', () => {
  test('name every reason', () => {
    expect(REASONS.filter((reason) => !(`reason.${reason}` in EN))).toEqual([]);
  });

  test.each(POLICY_ROWS.map((row) => [row.reason, row] as const))(
    '%s means what the API says',
    (reason, row) => {
      expect(EN[`meaning.${reason}`]).toBe(row.meaning);
      expect(EN[`advice.${reason}`]).toBe(row.advice);
      expect(keyOfSentence(row.meaning)).toBe(`meaning.${reason}`);
    },
  );

  const marked = (listedFor: 'bounce' | 'complaint') => ({
    mark: { sentAt: NOW - 1, markedAt: NOW - 1, listedFor, until: null },
  });
  const removal = { requestedAt: NOW, state: 'pending' as const };

  test.each<[string, SesFacts]>([
    ['sesAccountList', sesFacts('sesAccountList', marked('bounce'))],
    ['sesAccountList for a complaint', sesFacts('sesAccountList', marked('complaint'))],
    ['sesAccountList with a removal', sesFacts('sesAccountList', { ...marked('bounce'), removal })],
    ['sesGlobalList', sesFacts('sesGlobalList', marked('bounce'))],
    ['sesValidation', sesFacts('sesValidation', marked('bounce'))],
  ])('what the API says of %s is known, and of a global bounce', (_, ses) => {
    const status = aStatus({ ses, global: { declaredAt: NOW, rule: 'G1' } });
    const layers = layersAbove(status, { account: ACCOUNT, now: NOW });
    expect(layers).toHaveLength(2);
    for (const { meaning, advice } of layers) {
      expect([meaning, keyOfSentence(meaning)]).toEqual([meaning, expect.any(String)]);
      expect([advice, keyOfSentence(advice)]).toEqual([advice, expect.any(String)]);
    }
  });

  test('of the quota are its numbers', () => {
    const numbers = [quotaLimit(null), quotaLimit(10_000), quotaLimit(10_000_000)].map((limit) =>
      new Intl.NumberFormat('en').format(limit),
    );
    expect(numbers).toEqual(['10', '200', '1,000']);
    expect(EN['quota.basis'].other).toContain(
      '2% of your {count} contacts each month, at least 10 and at most 1,000.',
    );
  });

  test('a deployment’s own words are no sentence of ours', () => {
    expect(keyOfSentence('Call Bob before you unbounce.')).toBeNull();
  });
});
