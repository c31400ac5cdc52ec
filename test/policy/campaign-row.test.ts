import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { campaignCounts, countChange, sumOf } from '../../lib/policy/campaign-counts.ts';
import {
  bouncedRow,
  type CampaignRow,
  compareRows,
  echoRow,
  notSentRow,
} from '../../lib/policy/campaign-row.ts';
import { FACT_KEYS } from '../../lib/policy/reason.ts';
import { DUPLICATE, INVALID_ADDRESS, type NotSent } from '../../lib/policy/verdict.ts';
import { bouncesSent, RUNS } from './arbitraries.ts';
import { ADDRESS, aBounce, NOW, POLICY } from './builders.ts';

const KEY = { account: 'acme', addressHash: 'hash' };
const RECIPIENT = { ...KEY, campaign: 'spring' };
const ofBounce = (changes: Parameters<typeof aBounce>[0], address = ADDRESS) =>
  bouncedRow(KEY, { address, bounce: aBounce(changes), erasedAt: null }, POLICY);

describe('who bounced', () => {
  test('has a row with reason, rule, kind and the words of the receiver without addresses', () => {
    const row = ofBounce({
      status: '5.7.1',
      diagnostic: '550 5.7.1 <ada@example.com> blocked',
      bouncedAt: NOW,
    });
    expect(row).toEqual({
      ...RECIPIENT,
      outcome: 'bounced',
      kind: 'hard',
      code: null,
      reason: 'policy',
      rule: 'B7',
      layer: null,
      status: '5.7.1',
      diagnostic: '550 5.7.1 <[address]> blocked',
      at: NOW,
      feedbackId: aBounce().feedbackId,
    });
  });

  test.each([
    ['a bounce that blocks is hard', { key: 'policy', permanence: 'permanent' }, 'hard', 'policy', 'B7'],
    ['one that passes is soft', { key: 'policy', permanence: 'transient' }, 'soft', 'policy', 'B7'],
    [
      'one that counts in strikes is soft',
      { key: 'mailbox_full', permanence: 'transient' },
      'soft',
      'mailbox_full',
      'B3',
    ],
    ['a complaint is hard', { key: 'complaint' }, 'hard', 'complaint', 'B16'],
    ['a complaint that names several too', { key: 'shared_complaint' }, 'hard', 'complaint', 'B17'],
  ] as const)('%s', (_, changes, kind, reason, rule) => {
    expect(ofBounce(changes)).toMatchObject({ kind, reason, rule });
  });

  test('a bounce of the simulator carries its own rule, as far as it blocks', () => {
    const address = 'bounce@simulator.amazonses.com';
    expect(ofBounce({ key: 'unknown_user' }, address)).toMatchObject({ kind: 'hard', rule: 'B18' });
    expect(ofBounce({ key: 'content', permanence: 'transient' }, address)).toMatchObject({ rule: 'B5' });
  });

  test.each([
    ['mail sent before an erasure has no words', NOW + 1, null],
    ['mail sent in its very moment has none', NOW, null],
    ['mail sent after it has', NOW - 1, '550 blocked'],
  ])('%s', (_, erasedAt, diagnostic) => {
    const bounce = aBounce({ sentAt: NOW, diagnostic: '550 blocked' });
    expect(bouncedRow(KEY, { address: ADDRESS, bounce, erasedAt }, POLICY)).toMatchObject({ diagnostic });
  });

  test('a bounce without a time has a row without one, with its words', () => {
    const words = { diagnostic: '550 blocked' };
    expect(ofBounce({ sentAt: null, ...words })).toMatchObject({ at: null, ...words });
  });
});

describe('who was not sent to', () => {
  const standing = { key: 'shared_complaint', rule: 'B17', until: null } as const;
  const own: NotSent = { rule: 'P3', code: 'complaint', layer: 'own', until: null, standing };
  const above: NotSent = { rule: 'P4', code: 'global_bounce', layer: 'global', until: null, standing: null };

  test.each([
    ['by the account itself', own, { code: 'complaint', rule: 'P3', layer: 'own', reason: 'complaint' }],
    ['by a layer above', above, { code: 'global_bounce', rule: 'P4', layer: 'global', reason: null }],
  ])('%s has a row that says why', (_, verdict, expected) => {
    const row = notSentRow(RECIPIENT, { verdict, status: null, at: NOW });
    expect(row).toEqual({
      ...RECIPIENT,
      outcome: 'not-sent',
      kind: null,
      status: null,
      diagnostic: null,
      at: NOW,
      feedbackId: '',
      ...expected,
    });
  });

  test.each([DUPLICATE, INVALID_ADDRESS])('$code is not kept: the list itself was to blame', (verdict) => {
    expect(notSentRow(RECIPIENT, { verdict, status: null, at: NOW })).toBeNull();
  });

  test.each([
    ['by SES', { sentAt: NOW - 1, markedAt: NOW }, NOW],
    ['by SES, which did not say when', { sentAt: NOW - 1, markedAt: null }, NOW - 1],
  ])('%s', (_, times, at) => {
    const row = echoRow(RECIPIENT, { layer: 'sesGlobalList', listedFor: 'bounce', ...times });
    const expected = { outcome: 'not-sent', code: 'ses_suppressed', rule: 'P5', layer: 'sesGlobalList' };
    expect(row).toMatchObject({ ...expected, reason: null, at });
  });
});

describe('of two rows of one recipient', () => {
  const early = ofBounce({ bouncedAt: NOW - 1, feedbackId: 'z' });

  test.each([
    ['the later one stays', ofBounce({ bouncedAt: NOW, feedbackId: 'a' })],
    ['at the same time the one with the greater id', ofBounce({ bouncedAt: NOW - 1, feedbackId: 'zz' })],
    ['one with a time before one without', early, ofBounce({ bouncedAt: null, feedbackId: 'zz' })],
  ])('%s', (_, greater, less = early) => {
    expect(compareRows(greater, less)).toBeGreaterThan(0);
    expect(compareRows(less, greater)).toBeLessThan(0);
    expect(compareRows(greater, { ...greater })).toBe(0);
  });

  test.each<Partial<CampaignRow>>([
    { kind: 'soft' },
    { code: 'hard_bounce' },
    { reason: 'spam' },
    { rule: 'B8' },
    { layer: 'own' },
    { status: '5.1.1' },
    { diagnostic: '550 blocked' },
  ])('of one time and id that differ in %p one is greater', (changes) => {
    const other = { ...early, ...changes };
    expect(compareRows(early, other)).not.toBe(0);
    expect(Math.sign(compareRows(other, early))).toBe(-Math.sign(compareRows(early, other)));
  });
});

describe('the laws of recording', () => {
  const rows = fc.array(
    bouncesSent({ fromDay: -2, toDay: 1 }).map((bounce) =>
      bouncedRow(KEY, { address: ADDRESS, bounce, erasedAt: null }, POLICY),
    ),
    { minLength: 1, maxLength: 12 },
  );

  test('any order and any number of times end in the same row', () => {
    const greatest = (told: readonly CampaignRow[]) =>
      told.reduce((known, row) => (compareRows(row, known) > 0 ? row : known));
    const shuffled = rows.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([told, again]) => expect(greatest(again)).toEqual(greatest(told))),
      RUNS,
    );
  });

  test('counts moved along with every row are the counts of the rows that stay', () => {
    fc.assert(
      fc.property(rows, (told) => {
        const known = new Map<string, CampaignRow>();
        const changes = told.flatMap((row) => {
          const before = known.get(row.campaign) ?? null;
          if (before !== null && compareRows(row, before) <= 0) return [];
          known.set(row.campaign, row);
          return [countChange(before, row)];
        });
        const counted = sumOf([...known.values()].map((row) => countChange(null, row)));
        expect(campaignCounts(sumOf(changes))).toEqual(campaignCounts(counted));
      }),
      RUNS,
    );
  });
});

test('a campaign is counted by outcome, kind, code and reason', () => {
  const notSent = (verdict: NotSent) =>
    notSentRow(RECIPIENT, { verdict, status: null, at: NOW }) ?? ofBounce({});
  const standing = { key: 'policy', rule: 'B7', until: null } as const;
  const kept = [
    ofBounce({}),
    ofBounce({ permanence: 'transient' }),
    ofBounce({ key: 'complaint' }),
    notSent({ rule: 'P2', code: 'hard_bounce', layer: 'own', until: null, standing }),
    notSent({ rule: 'P4', code: 'global_bounce', layer: 'global', until: null, standing: null }),
  ];
  expect(campaignCounts(sumOf(kept.map((row) => countChange(null, row))))).toEqual({
    bounced: { total: 3, byKind: { hard: 2, soft: 1 }, byReason: { policy: 2, complaint: 1 } },
    notSent: { total: 2, byCode: { hard_bounce: 1, global_bounce: 1 }, byReason: { policy: 1 } },
  });
  expect(campaignCounts(new Map())).toEqual({
    bounced: { total: 0, byKind: { hard: 0, soft: 0 }, byReason: {} },
    notSent: { total: 0, byCode: {}, byReason: {} },
  });
});

describe('what a row changes in the counts', () => {
  const hard = ofBounce({});
  const soft = ofBounce({ permanence: 'transient' });

  test.each<[string, CampaignRow | null, CampaignRow, readonly (readonly [string, number])[]]>([
    ['a first one adds to its class', null, hard, [['bounced#hard#policy', 1]]],
    [
      'one in the place of another moves from its class to the other',
      soft,
      hard,
      [
        ['bounced#hard#policy', 1],
        ['bounced#soft#policy', -1],
      ],
    ],
    ['one in the place of its like changes nothing', hard, hard, []],
  ])('%s', (_, before, after, changed) => {
    expect([...countChange(before, after)]).toEqual(changed);
  });

  test('a class that came to nothing is not shown', () => {
    expect(campaignCounts(new Map([['not-sent#complaint#complaint', 0]]))).toEqual(campaignCounts(new Map()));
  });
});

test.each(FACT_KEYS)('%s makes a row', (key) => {
  expect(ofBounce({ key })).toMatchObject({ outcome: 'bounced', rule: POLICY.rows[key].rule });
});
