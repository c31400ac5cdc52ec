import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { classify } from '../../lib/policy/classify.ts';
import { STRIKE_WINDOW_IN_DAYS } from '../../lib/policy/facts.ts';
import {
  type Effect,
  GLOBAL_BOUNCE_RULE,
  GLOBAL_BOUNCES,
  POLICY_ROWS,
  type PolicyRow,
  SIMULATOR_RULE,
  type UnbounceRight,
} from '../../lib/policy/policy-table.ts';
import { quotaLimit } from '../../lib/policy/quota.ts';
import { UNBOUNCE_RULES } from '../../lib/policy/refusal.ts';
import { MARK_LASTS_IN_DAYS } from '../../lib/policy/ses-layers.ts';
import { SIMULATOR_BLOCK_IN_HOURS } from '../../lib/policy/standing.ts';
import { REFUSAL_CODES, VERDICT_CODES } from './rule-codes.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/policy.md'), 'utf8');
const NAMED_TEST = /`(test\/[\w/-]+\.test\.ts)` "([^"]+)"/g;
const RIGHTS: Readonly<Record<UnbounceRight, string>> = {
  never: 'never',
  yes: 'yes',
  nothing_to_lift: 'nothing to lift',
};

/** The cells of each line that begins with a rule id, by that id. */
const LINES = new Map(
  [...DOCUMENT.matchAll(/^\| ([BGPU]\d+) \|.*$/gm)].map(([line, rule = '']) => [
    rule,
    line.split('|').map((cell) => cell.trim()),
  ]),
);

function cellsOf(rule: string): readonly string[] {
  return LINES.get(rule)?.slice(1, -1) ?? [];
}

function effectInWords(effect: Effect, endsAfterDays: number): string {
  if (typeof effect === 'object') {
    const { strikes, overDays } = effect;
    return `blocks at ${strikes} strikes over ${overDays} days, until ${endsAfterDays} days after the last`;
  }
  return effect === 'hard' ? 'blocks' : 'nothing';
}

function rowInWords(row: PolicyRow): string[] {
  return [
    row.rule,
    `\`${row.reason}\``,
    row.meaning,
    effectInWords(row.permanent, row.strikesEndAfterDays),
    effectInWords(row.transient, row.strikesEndAfterDays),
    RIGHTS[row.unbounce],
  ];
}

/** The replies of receivers that an example quotes: `"550 no such user"`. */
function repliesIn(rule: string): string[] {
  return [...(cellsOf(rule)[6] ?? '').matchAll(/"([245]\d\d [^"]+)"/g)].map(([, reply = '']) => reply);
}

function reasonRead(reply: string): string {
  const type = reply.startsWith('5') ? 'Permanent' : 'Transient';
  return classify({
    bounceType: type,
    bounceSubType: 'General',
    status: null,
    diagnosticCode: `smtp; ${reply}`,
    action: 'failed',
  }).reason;
}

/** Whether the file has a test, or a row of a table of tests, of this title. */
function hasTest(file: string, title: string): boolean {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return [`'${title}'`, `"${title}"`].some((text) => source.includes(text));
}

describe('docs/policy.md', () => {
  test('has one line for every rule of the code, and no other', () => {
    const rules = [...POLICY_ROWS.map(({ rule }) => rule), SIMULATOR_RULE, GLOBAL_BOUNCE_RULE];
    rules.push(...Object.keys(VERDICT_CODES), ...[...UNBOUNCE_RULES].sort());
    expect([...LINES.keys()]).toEqual(rules);
    expect(DOCUMENT.match(/^\| [BGPU]\d+ \|/gm)).toHaveLength(rules.length);
  });

  test.each(POLICY_ROWS)('$rule: says what the row of $reason says', (row) => {
    expect(cellsOf(row.rule).slice(0, 6)).toEqual(rowInWords(row));
  });

  test.each(
    POLICY_ROWS.flatMap(({ rule, reason }) => repliesIn(rule).map((reply) => ({ rule, reason, reply }))),
  )('$rule: its example "$reply" is read as $reason', ({ reason, reply }) => {
    expect(reasonRead(reply)).toBe(reason);
  });

  test.each(Object.entries({ ...VERDICT_CODES, ...REFUSAL_CODES }))(
    '%s: names its code, %s',
    (rule, code) => {
      expect(cellsOf(rule)[1]).toBe(code === null ? 'none' : `\`${code}\``);
    },
  );

  test('gives the numbers of the code', () => {
    const thousands = new Intl.NumberFormat('en');
    expect(DOCUMENT).toContain(`Within ${STRIKE_WINDOW_IN_DAYS} days there must be`);
    expect(cellsOf(SIMULATOR_RULE)[3]).toBe(`blocks for ${SIMULATOR_BLOCK_IN_HOURS} hour`);
    const { accounts, windowInDays } = GLOBAL_BOUNCES;
    expect(cellsOf(GLOBAL_BOUNCE_RULE)[1]).toContain(`in ${accounts} accounts within ${windowInDays} days`);
    expect(cellsOf('P5')[2]).toContain(`its own global list (${MARK_LASTS_IN_DAYS.sesGlobalList} days`);
    expect(cellsOf('P5')[2]).toContain(`a failed validation (${MARK_LASTS_IN_DAYS.sesValidation} days)`);
    expect(cellsOf('U6')[2]).toContain(`${quotaLimit(10_000) / 100} % of the account's contacts`);
    expect(cellsOf('U6')[2]).toContain(`at least ${quotaLimit(0)} and`);
    expect(cellsOf('U6')[2]).toContain(
      `at most ${thousands.format(quotaLimit(10_000_000))} in a calendar month`,
    );
    expect(DOCUMENT).toContain(`in the order ${UNBOUNCE_RULES.join(', ')}.`);
  });

  test.each([...LINES.keys()])('%s: gives an example and the test that proves it', (rule) => {
    const cells = cellsOf(rule);
    const [, file, title] = [...(cells.at(-1) ?? '').matchAll(NAMED_TEST)].flat();
    expect(cells.at(-2)).not.toBe('');
    expect(file).toMatch(/^test\/policy\//);
    expect(title?.startsWith(`${rule}: `)).toBe(true);
  });

  test.each([...DOCUMENT.matchAll(NAMED_TEST)].map(([, file = '', title = '']) => ({ file, title })))(
    'names a test that exists: $title',
    ({ file, title }) => {
      expect(hasTest(file, title)).toBe(true);
    },
  );
});
