import { createHash } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { CODE_PATTERNS } from '../../lib/policy/classifier-codes.ts';
import {
  CLASSIFIER_RULES,
  EXPIRED_RULE,
  MEANING_TABLES,
  NO_RULE,
  TEXT_TABLES,
} from '../../lib/policy/classifier-rules.ts';
import { SUBTYPE_RULES } from '../../lib/policy/classifier-rules-subtype.ts';
import { TEXT_PATTERNS } from '../../lib/policy/classifier-text.ts';
import { CLASSIFIER_VERSION } from '../../lib/policy/classifier-version.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { CLASSIFY_CASES } from './classify-cases.ts';

// The build without a native helper: the same checker, in this process.
const { checkSync } = jest.requireActual<typeof import('recheck')>('recheck/lib/browser.js');

const RULES = [...TEXT_TABLES, ...MEANING_TABLES].flatMap(({ rules }) => rules);
const RULE_PATTERNS = RULES.flatMap(({ id, pattern, status }) =>
  [pattern, ...(status ? [status] : [])].map((each) => ({ id, pattern: each })),
);
const GATES = [...TEXT_TABLES, ...MEANING_TABLES].map(({ gate, rules }) => ({
  id: `the gate before ${rules[0]?.id}`,
  pattern: gate,
}));
const OWN_PATTERNS = Object.entries({ ...TEXT_PATTERNS, ...CODE_PATTERNS }).map(([id, pattern]) => ({
  id: `${id}, which prepares the text,`,
  pattern,
}));

/** Of `CLASSIFIER_VERSION`: a changed rule set needs a new name, since suppressions carry it. */
const DIGEST = 'e18050ad1e025601';

describe('the rule tables', () => {
  test('name each rule once, in words that stay readable in an answer', () => {
    const ids = CLASSIFIER_RULES.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(id))).toEqual([]);
  });

  test('give known reasons, each with a line of evidence', () => {
    const known: readonly string[] = [...REASONS, 'suppressed'];
    expect(CLASSIFIER_RULES.filter(({ reason }) => !known.includes(reason))).toEqual([]);
    expect(CLASSIFIER_RULES.filter(({ evidence }) => !/^.{20,200}$/.test(evidence))).toEqual([]);
  });

  test('hold no rule that no case of classify-cases shows', () => {
    const shown = new Set(CLASSIFY_CASES.map(({ rule }) => rule));
    const bySubType = new Set(SUBTYPE_RULES.map(({ id }) => id));
    const hidden = CLASSIFIER_RULES.filter(({ id }) => !shown.has(id) && !bySubType.has(id));
    expect(hidden).toEqual([]);
    expect(shown).toContain(NO_RULE.id);
    expect(shown).toContain(EXPIRED_RULE.id);
  });

  test('a new rule set has a new version', () => {
    const rows = CLASSIFIER_RULES.map((rule) => ({ ...rule, ...sources(rule) }));
    const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
    expect({ version: CLASSIFIER_VERSION, digest }).toEqual({ version: 'classifier-1', digest: DIGEST });
  });
});

describe('strangers write what the patterns read', () => {
  test.each(RULE_PATTERNS)('$id repeats nothing without bound', ({ pattern }) => {
    const bare = pattern.source.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '');
    expect(bare).not.toMatch(/[*+]|\{\d+,\}/);
  });

  test.each([...RULE_PATTERNS, ...GATES, ...OWN_PATTERNS])('$id is linear in time', ({ pattern }) => {
    expect(checkSync(pattern.source, pattern.flags, { checker: 'automaton' })).toMatchObject({
      status: 'safe',
      complexity: { type: expect.stringMatching(/^(safe|linear)$/) },
    });
  });

  test('no pattern remembers where it stopped', () => {
    expect(RULE_PATTERNS.filter(({ pattern }) => pattern.global || pattern.sticky)).toEqual([]);
  });
});

function sources(rule: object): object {
  return Object.fromEntries(
    Object.entries(rule).flatMap(([name, value]) => (value instanceof RegExp ? [[name, String(value)]] : [])),
  );
}
