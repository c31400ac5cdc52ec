import { describe, expect, test } from '@jest/globals';
import { loadPolicy, PolicyTableError } from '../../lib/policy/policy.ts';
import { POLICY_ROWS, type PolicyRow, SIMULATOR_RULE } from '../../lib/policy/policy-table.ts';
import { FACT_KEYS, type FactKey } from '../../lib/policy/reason.ts';
import { POLICY } from './builders.ts';

function tableWith(reason: FactKey, changes: object): PolicyRow[] {
  return POLICY_ROWS.map((row) => (row.reason === reason ? { ...row, ...changes } : row));
}

function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyTableError);
    expect((error as Error).name).toBe('PolicyTableError');
    return (error as Error).message;
  }
  return 'accepted';
}

const TABLES: readonly { title: string; table: readonly PolicyRow[]; names: string }[] = [
  { title: 'an empty table', table: [], names: FACT_KEYS.join(', ') },
  {
    title: 'a gap',
    table: POLICY_ROWS.filter(({ reason }) => reason !== 'spam'),
    names: 'no row for spam.',
  },
  {
    title: 'two rows of one reason',
    table: [...POLICY_ROWS, { ...POLICY_ROWS[0], rule: 'B99' } as PolicyRow],
    names: 'Row B99 (unknown_user)',
  },
  {
    title: 'two rows of one rule',
    table: tableWith('spam', { rule: 'B5' }),
    names: 'Row B5 (spam)',
  },
  {
    title: 'a row of the rule that the mailbox simulator has',
    table: tableWith('spam', { rule: SIMULATOR_RULE }),
    names: `Row ${SIMULATOR_RULE} (spam)`,
  },
  {
    title: 'an unknown reason',
    table: tableWith('spam', { reason: 'bad_weather' }),
    names: `Row B6: "bad_weather" is no reason. Use one of ${FACT_KEYS.join(', ')}.`,
  },
];

/** Overrides of the row of dns_failure, which is B4. */
const MEMBERS: readonly { title: string; members: object; names: string }[] = [
  { title: 'an unknown effect', members: { permanent: 'block' }, names: '"permanent"' },
  { title: 'no effect', members: { transient: null }, names: '"transient"' },
  { title: 'no strikes at all', members: { transient: { strikes: 0, overDays: 7 } }, names: '"transient"' },
  {
    title: 'half a strike',
    members: { transient: { strikes: 2.5, overDays: 7 } },
    names: '"transient"',
  },
  {
    title: 'more strikes than the window has days',
    members: { transient: { strikes: 91, overDays: 7 } },
    names: '"transient"',
  },
  {
    title: 'strikes over more days than the window has',
    members: { transient: { strikes: 3, overDays: 90 } },
    names: '"transient"',
  },
  {
    title: 'strikes over fewer than no days',
    members: { transient: { strikes: 3, overDays: -1 } },
    names: '"transient"',
  },
  { title: 'strikes as a text', members: { transient: { strikes: '3', overDays: 7 } }, names: '"transient"' },
  { title: 'strikes without days', members: { transient: { strikes: 3 } }, names: '"transient"' },
  {
    title: 'strikes with a member too many',
    members: { transient: { strikes: 3, overDays: 7, within: 90 } },
    names: '"transient"',
  },
  {
    title: 'strikes that differ between permanent and transient',
    members: { permanent: { strikes: 2, overDays: 7 }, transient: { strikes: 3, overDays: 7 } },
    names: 'strikes are counted together',
  },
  {
    title: 'an unknown right',
    members: { unbounce: 'maybe' },
    names: '"unbounce" must be one of never, yes, nothing_to_lift.',
  },
  {
    title: 'nothing to lift although it blocks',
    members: { unbounce: 'nothing_to_lift' },
    names: '"unbounce"',
  },
  {
    title: 'a right to lift what never blocks',
    members: { permanent: 'soft', transient: 'soft' },
    names: '"unbounce"',
  },
  { title: 'an end on the same day', members: { strikesEndAfterDays: 0 }, names: '"strikesEndAfterDays"' },
  {
    title: 'an end after more than ten years',
    members: { strikesEndAfterDays: 3651 },
    names: '"strikesEndAfterDays"',
  },
  { title: 'an end as a text', members: { strikesEndAfterDays: '30' }, names: '"strikesEndAfterDays"' },
  { title: 'an empty meaning', members: { meaning: ' ' }, names: '"meaning"' },
  { title: 'a meaning that is a number', members: { meaning: 5 }, names: '"meaning"' },
  { title: 'an advice of two lines', members: { advice: 'Do this.\nThen that.' }, names: '"advice"' },
];

const OVERRIDES: readonly { title: string; overrides: unknown; names: string }[] = [
  { title: 'no array', overrides: { reason: 'policy' }, names: 'must be an array' },
  { title: 'null', overrides: null, names: 'must be an array' },
  { title: 'a row that is null', overrides: [null], names: 'Override 1' },
  { title: 'a row that is a text', overrides: ['policy'], names: 'Override 1' },
  {
    title: 'a row without a reason',
    overrides: [{ permanent: 'soft' }],
    names: `Override 1 needs a "reason": one of ${FACT_KEYS.join(', ')}.`,
  },
  {
    title: 'an unknown reason',
    overrides: [{ reason: 'policy' }, { reason: 'bad_weather' }],
    names: 'Override 2',
  },
  { title: 'a name from a prototype', overrides: [{ reason: 'constructor' }], names: 'Override 1' },
  {
    title: 'an unknown member',
    overrides: [{ reason: 'policy', window: 3 }],
    names:
      'Override 1 (policy): "window" cannot be overridden. Use permanent, transient, strikesEndAfterDays, unbounce, meaning, advice.',
  },
  {
    title: 'another rule id',
    overrides: [{ reason: 'policy', rule: 'B1' }],
    names: 'Override 1 (policy): "rule"',
  },
  {
    title: 'a member named __proto__',
    overrides: JSON.parse('[{"reason": "policy", "__proto__": {"permanent": "soft"}}]'),
    names: 'Override 1 (policy): "__proto__"',
  },
  {
    title: 'two rows of one reason',
    overrides: [
      { reason: 'policy', permanent: 'hard' },
      { reason: 'policy', transient: 'hard' },
    ],
    names: 'Override 2 (policy)',
  },
];

describe('loading the policy table', () => {
  test.each(TABLES)('refuses $title and names the row', ({ table, names }) => {
    expect(messageOf(() => loadPolicy([], table))).toContain(names);
  });

  test.each(MEMBERS)('refuses $title and names row and member', ({ members, names }) => {
    const message = messageOf(() => loadPolicy([{ reason: 'dns_failure', ...members }]));
    expect(message).toContain('Row B4 (dns_failure)');
    expect(message).toContain(names);
  });

  test.each(OVERRIDES)('refuses overrides with $title and names the row', ({ overrides, names }) => {
    expect(messageOf(() => loadPolicy(overrides))).toContain(names);
  });

  test('without overrides gives the table as it is', () => {
    expect(Object.values(loadPolicy().rows)).toEqual(POLICY_ROWS);
    expect(loadPolicy([]).version).toBe(loadPolicy().version);
  });

  test('an override changes its own row and members, and the version', () => {
    const policy = loadPolicy([{ reason: 'dns_failure', transient: { strikes: 4, overDays: 10 } }]);
    expect(policy.rows).toEqual({
      ...POLICY.rows,
      dns_failure: { ...POLICY.rows.dns_failure, transient: { strikes: 4, overDays: 10 } },
    });
    expect(policy.version).toMatch(/^.+\+[0-9a-f]{8}$/);
    expect(policy.version.startsWith(`${POLICY.version}+`)).toBe(true);
  });

  // Of `[{"strikesEndAfterDays":31,"reason":"dns_failure"}]`, by another program for FNV-1a.
  test.each([
    [31, '23f326ce'],
    [4, '0d931e22'],
  ])('the version of %d days ends in the checksum of the overrides', (strikesEndAfterDays, checksum) => {
    const { version } = loadPolicy([{ reason: 'dns_failure', strikesEndAfterDays }]);
    expect(version).toBe(`${POLICY.version}+${checksum}`);
  });

  test('different overrides have different versions, and the same ones the same', () => {
    const versions = [3, 4, 5, 4].map(
      (strikes) => loadPolicy([{ reason: 'dns_failure', transient: { strikes, overDays: 7 } }]).version,
    );
    expect(new Set(versions).size).toBe(3);
    expect(versions[1]).toBe(versions[3]);
  });

  test.each([
    {
      title: 'strikes for what is permanent alone',
      permanent: { strikes: 2, overDays: 3 },
      transient: 'soft',
    },
    { title: 'a block by what passes alone', permanent: 'soft', transient: 'hard' },
  ])('$title may be had', ({ permanent, transient }) => {
    const { rows } = loadPolicy([{ reason: 'policy', permanent, transient }]);
    expect(rows.policy).toMatchObject({ permanent, transient, unbounce: 'yes' });
  });

  test('the limits themselves are accepted', () => {
    const widest = { transient: { strikes: 90, overDays: 89 }, strikesEndAfterDays: 3650 };
    const narrowest = { transient: { strikes: 1, overDays: 0 }, strikesEndAfterDays: 1 };
    for (const members of [widest, narrowest]) {
      expect(loadPolicy([{ reason: 'dns_failure', ...members }]).rows.dns_failure).toMatchObject(members);
    }
  });
});
