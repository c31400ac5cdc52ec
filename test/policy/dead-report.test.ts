import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import {
  reportDaysOf,
  reviewGlobalBounce,
  withDeadReport,
  withoutDeadReports,
  withReportsOf,
} from '../../lib/policy/dead-report.ts';
import { NO_FACTS } from '../../lib/policy/facts.ts';
import { importedBounce } from '../../lib/policy/imported-bounce.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { POLICY_ROWS } from '../../lib/policy/policy-table.ts';
import type { FactKey } from '../../lib/policy/reason.ts';
import { DAY_IN_MS, dayOf, startOfDay } from '../../lib/policy/time.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import { writeStatusItem } from '../../lib/store/items/status-item.ts';
import { RUNS, SEED } from './arbitraries.ts';
import {
  ACCOUNT,
  ADDRESS,
  aBounce,
  afterBounces,
  aRecord,
  aStatus,
  daysAfter,
  hoursAfter,
  NOW,
  POLICY,
  type ReportContext,
} from './builders.ts';

/** An account and the day, counted from now, on which it reports the address dead. */
type Told = readonly [account: string, day: number];

function deadBounce(day: number, changes: Partial<Bounce> = {}): Bounce {
  return aBounce({ key: 'unknown_user', sentAt: daysAfter(day), bouncedAt: daysAfter(day), ...changes });
}

function policyWith(accounts: number, windowInDays = 60): Policy {
  return { ...POLICY, globalBounces: { accounts, windowInDays } };
}

/** The status after reports of several accounts, one after the other. */
function afterReports(all: readonly Told[], context: ReportContext = {}): AddressStatus {
  return all.reduce(
    (status, [account, day]) =>
      afterBounces([deadBounce(day)], context, { record: { ...aRecord(), account }, status }).status,
    aStatus(),
  );
}

describe('a report that an address is dead', () => {
  const bouncedAt = hoursAfter(-1);

  function reportedDays(bounces: readonly Bounce[]): readonly string[] | undefined {
    return afterBounces(bounces).status.deadReports.get(ACCOUNT);
  }

  test.each<{ key: FactKey; permanence: 'permanent' | 'transient'; isReport: boolean }>([
    { key: 'unknown_user', permanence: 'permanent', isReport: true },
    { key: 'mailbox_inactive', permanence: 'permanent', isReport: true },
    { key: 'mailbox_full', permanence: 'permanent', isReport: true },
    { key: 'unknown_user', permanence: 'transient', isReport: false },
    { key: 'mailbox_full', permanence: 'transient', isReport: false },
    { key: 'dns_failure', permanence: 'permanent', isReport: false },
    { key: 'complaint', permanence: 'permanent', isReport: false },
    { key: 'other', permanence: 'permanent', isReport: false },
  ])('is a $permanence bounce for $key: $isReport', ({ key, permanence, isReport }) => {
    const days = reportedDays([aBounce({ key, permanence, bouncedAt })]);
    expect(days).toEqual(isReport ? [dayOf(bouncedAt)] : undefined);
  });

  test('needs a time of some kind', () => {
    const sentAt = daysAfter(-4);
    expect(reportedDays([aBounce({ key: 'unknown_user', sentAt, bouncedAt: null })])).toEqual([
      dayOf(sentAt),
    ]);
    expect(reportedDays([aBounce({ key: 'unknown_user', sentAt: null })])).toBeUndefined();
    expect(reportedDays([aBounce({ key: 'unknown_user', sentAt: null, bouncedAt: NOW })])).toEqual([
      dayOf(NOW),
    ]);
  });

  test.each([
    { title: 'an unbounce', facts: { ...NO_FACTS, unbouncedAt: NOW }, releasedAt: null },
    { title: 'a release', facts: NO_FACTS, releasedAt: NOW },
    { title: 'a correction', facts: { ...NO_FACTS, corrections: { unknown_user: NOW } }, releasedAt: null },
  ])('is none where the mail was sent before $title', ({ facts, releasedAt }) => {
    const status = aStatus({ releasedAt });
    const inFlight = aBounce({ key: 'unknown_user', sentAt: NOW, bouncedAt: hoursAfter(1) });
    const later = aBounce({ key: 'unknown_user', sentAt: NOW + 1 });
    const context = { policy: POLICY, now: NOW };
    const report = { record: aRecord({ facts }), address: ADDRESS };
    expect(withDeadReport(status, { ...report, bounce: inFlight }, context)).toBe(status);
    expect(withDeadReport(status, { ...report, bounce: later }, context).deadReports.size).toBe(1);
  });

  test.each([
    { title: 'a day that is known', bounce: deadBounce(-1) },
    { title: 'a bounce that calls nobody dead', bounce: aBounce({ key: 'spam', sentAt: daysAfter(-1) }) },
    { title: 'a dead one without a time', bounce: aBounce({ key: 'unknown_user', sentAt: null }) },
  ])('leaves the very same status where it tells of $title', ({ bounce }) => {
    const status = aStatus({ deadReports: new Map([[ACCOUNT, [dayOf(daysAfter(-1))]]]) });
    const report = { record: aRecord(), address: ADDRESS, bounce };
    expect(withDeadReport(status, report, { policy: POLICY, now: NOW })).toBe(status);
  });

  test('is forgotten with a lift of its account, and those of others are not', () => {
    const status = afterReports([
      ['a', -1],
      ['b', -1],
    ]);
    expect([...withoutDeadReports(status, 'a').deadReports.keys()]).toEqual(['b']);
    expect(withoutDeadReports(status, 'c')).toBe(status);
  });
});

describe('G1: a global bounce', () => {
  test('G1: three accounts that report within sixty days declare it, and it blocks for a fourth', () => {
    const two = afterReports([
      ['a', -50],
      ['b', -20],
    ]);
    expect(two.global).toBeNull();
    expect(verdictOf(two, { account: 'd', now: NOW }).rule).toBe('P1');
    const three = afterReports([
      ['a', -50],
      ['b', -20],
      ['c', 0],
    ]);
    expect(three.global).toEqual({ declaredAt: NOW, rule: 'G1' });
    expect(verdictOf(three, { account: 'd', now: NOW })).toMatchObject({ rule: 'P4', until: null });
  });

  test.each<{ title: string; told: readonly Told[]; isDeclared: boolean }>([
    {
      title: 'the first and the last of sixty days',
      told: [
        ['a', -59],
        ['b', -30],
        ['c', 0],
      ],
      isDeclared: true,
    },
    {
      title: 'sixty-one days',
      told: [
        ['a', -60],
        ['b', -30],
        ['c', 0],
      ],
      isDeclared: false,
    },
    {
      title: 'one account on many days',
      told: [
        ['a', -3],
        ['a', -2],
        ['a', -1],
        ['b', 0],
      ],
      isDeclared: false,
    },
    {
      title: 'an old window',
      told: [
        ['a', 0],
        ['a', -400],
        ['b', -390],
        ['c', -380],
      ],
      isDeclared: true,
    },
    {
      title: 'a day between two others of its account',
      told: [
        ['a', -59],
        ['a', -30],
        ['a', -1],
        ['b', -85],
        ['c', -31],
      ],
      isDeclared: true,
    },
    {
      title: 'one account that went on for weeks',
      told: [...Array.from({ length: 40 }, (_, day): Told => ['a', day - 40]), ['b', -40], ['c', -95]],
      isDeclared: true,
    },
  ])('by $title, in both directions: $isDeclared', ({ told, isDeclared }) => {
    expect(afterReports(told).global !== null).toBe(isDeclared);
    expect(afterReports(told.toReversed()).global !== null).toBe(isDeclared);
  });

  test.each([
    { accounts: 1, told: [['a', 0]], isDeclared: true },
    {
      accounts: 2,
      told: [
        ['a', -1],
        ['b', 0],
      ],
      isDeclared: true,
    },
    {
      accounts: 4,
      told: [
        ['a', 0],
        ['b', 0],
        ['c', 0],
      ],
      isDeclared: false,
    },
    {
      accounts: 0,
      told: [
        ['a', 0],
        ['b', 0],
        ['c', 0],
      ],
      isDeclared: false,
    },
  ] as const)(
    'is declared by as many accounts as the policy says: $accounts',
    ({ accounts, told, isDeclared }) => {
      expect(afterReports(told, { policy: policyWith(accounts) }).global !== null).toBe(isDeclared);
    },
  );

  test('is declared within as many days as the policy says', () => {
    const told: readonly Told[] = [
      ['a', -6],
      ['b', -3],
      ['c', 0],
    ];
    expect(afterReports(told, { policy: policyWith(3, 7) }).global).not.toBeNull();
    expect(afterReports(told, { policy: policyWith(3, 6) }).global).toBeNull();
  });

  test('is declared at the next report of known days when the threshold was lowered', () => {
    const status = afterReports([
      ['a', -1],
      ['b', -1],
    ]);
    const record = { ...aRecord(), account: 'a' };
    const lowered = { policy: policyWith(2) };
    expect(afterBounces([deadBounce(-1)], lowered, { record, status }).status.global).not.toBeNull();
  });

  test('keeps no reports when it is switched off', () => {
    expect(
      afterReports(
        [
          ['a', 0],
          ['b', 0],
        ],
        { policy: policyWith(0) },
      ).deadReports.size,
    ).toBe(0);
  });

  test('is not declared by the mailbox simulator', () => {
    const address = 'bounce@simulator.amazonses.com';
    expect(
      afterReports(
        [
          ['a', 0],
          ['b', 0],
          ['c', 0],
        ],
        { address },
      ).global,
    ).toBeNull();
  });

  test('names no account on the item that answers the filter', () => {
    const { suppressedBy, deadReports } = afterReports([
      ['a', 0],
      ['b', 0],
      ['c', 0],
      ['d', 0],
    ]);
    expect([suppressedBy.size, deadReports.size]).toEqual([0, 0]);
  });
});

describe('the report days of a record', () => {
  test('are those of its dead bounces, as far as they are kept', () => {
    const soft = Array.from({ length: 10 }, (_, index) =>
      aBounce({ key: 'content', permanence: 'transient', sentAt: daysAfter(1), feedbackId: `soft ${index}` }),
    );
    const dead = [deadBounce(-9), deadBounce(-4), deadBounce(-2, { key: 'mailbox_full' })];
    const { record, status } = afterBounces(dead);
    const daysAgo = (...days: readonly number[]) => days.map((day) => dayOf(daysAfter(-day)));
    expect(reportDaysOf(record, status, POLICY)).toEqual(daysAgo(9, 4, 2));
    const later = afterBounces(soft, {}, { record, status });
    expect(reportDaysOf(later.record, later.status, POLICY)).toEqual(daysAgo(4, 2));
  });

  test('are none of mail sent before a lift, and none of the mailbox simulator', () => {
    const { record, status } = afterBounces([deadBounce(-2)]);
    expect(reportDaysOf(record, { ...status, releasedAt: NOW }, POLICY)).toEqual([]);
    expect(reportDaysOf({ ...record, facts: { ...record.facts, unbouncedAt: NOW } }, status, POLICY)).toEqual(
      [],
    );
    const address = 'bounce@simulator.amazonses.com';
    expect(reportDaysOf({ ...record, address }, status, POLICY)).toEqual([]);
  });

  test('are none of what was imported', () => {
    const imported = importedBounce({
      key: 'unknown_user',
      permanence: 'permanent',
      classifiedBy: 'test',
      status: null,
      diagnostic: null,
      bouncedAt: daysAfter(-2),
    });
    const { record, status } = afterBounces([imported]);
    expect(record.facts.hard.unknown_user?.sentAt).toBe(daysAfter(-2));
    expect(reportDaysOf(record, status, POLICY)).toEqual([]);
  });

  test('are none of reasons that call nobody dead', () => {
    const others = POLICY_ROWS.map(({ reason }) => reason).filter(
      (key) => !['unknown_user', 'mailbox_inactive', 'mailbox_full'].includes(key),
    );
    const { record, status } = afterBounces(others.map((key) => aBounce({ key })));
    expect(reportDaysOf(record, status, POLICY)).toEqual([]);
  });
});

describe('the reports after a correction', () => {
  const days = (...ago: readonly number[]) => ago.map((day) => dayOf(daysAfter(-day)));
  const { record, status } = afterBounces([deadBounce(-9), deadBounce(-2)]);
  const corrected = { ...record, facts: { ...NO_FACTS, corrections: { unknown_user: NOW } } };
  const halfCorrected = {
    ...record,
    facts: { ...record.facts, corrections: { unknown_user: daysAfter(-5) } },
  };

  test.each([
    { title: 'all', after: record, left: [[ACCOUNT, days(9, 2)]] },
    { title: 'those sent since', after: halfCorrected, left: [[ACCOUNT, days(2)]] },
    { title: 'none', after: corrected, left: [] },
  ])('are $title that the record still tells', ({ after, left }) => {
    expect([...withReportsOf(status, after, POLICY).deadReports]).toEqual(left);
  });

  test('are those of the account alone', () => {
    const reports = new Map([...status.deadReports, ['other', days(3)]]);
    const { deadReports } = withReportsOf({ ...status, deadReports: reports }, halfCorrected, POLICY);
    expect([...deadReports]).toEqual([
      [ACCOUNT, days(2)],
      ['other', days(3)],
    ]);
  });

  test('are of each period its first day and its last, as before', () => {
    const many = afterBounces([-5, -4, -3, -2, -1].map((day) => deadBounce(day)));
    const none = { ...many.status, deadReports: new Map() };
    expect(withReportsOf(many.status, many.record, POLICY)).toBe(many.status);
    expect(withReportsOf(none, many.record, POLICY).deadReports).toEqual(many.status.deadReports);
  });

  test.each([
    { title: 'they are as told', before: status, after: record, policy: POLICY },
    { title: 'there were none', before: aStatus(), after: corrected, policy: POLICY },
    {
      title: 'a global bounce stands',
      before: aStatus({ global: { declaredAt: NOW, rule: 'G1' } }),
      after: record,
      policy: POLICY,
    },
    { title: 'global bounces are switched off', before: aStatus(), after: record, policy: policyWith(0) },
  ])('leave the very same status where $title', ({ before, after, policy }) => {
    expect(withReportsOf(before, after, policy)).toBe(before);
  });
});

describe('the review of a global bounce', () => {
  const dead = aStatus({ global: { declaredAt: NOW, rule: 'G1' } });
  const recordOf = (account: string, changes: Partial<Bounce> = {}) =>
    afterBounces([deadBounce(-2, changes)], {}, { record: { ...aRecord(), account }, status: aStatus() })
      .record;
  const two = [recordOf('a'), recordOf('b')];
  const spam = recordOf('c', { key: 'spam' });

  test('ends it where fewer accounts than declare it still tell, and each has its own again', () => {
    const reviewed = reviewGlobalBounce(dead, [...two, spam], POLICY);
    const day = dayOf(daysAfter(-2));
    expect(reviewed.global).toBeNull();
    expect([...reviewed.deadReports]).toEqual([
      ['a', [day]],
      ['b', [day]],
    ]);
    expect([...reviewed.suppressedBy.keys()]).toEqual(['a', 'b', 'c']);
  });

  test.each([
    { title: 'three accounts still tell', before: dead, records: [...two, recordOf('c')], policy: POLICY },
    { title: 'none stands', before: aStatus(), records: two, policy: POLICY },
    { title: 'global bounces are switched off', before: dead, records: two, policy: policyWith(0) },
    { title: 'they are off and nobody tells', before: dead, records: [], policy: policyWith(0) },
  ])('leaves the very same status where $title', ({ before, records, policy }) => {
    expect(reviewGlobalBounce(before, records, policy)).toBe(before);
  });
});

test('the report days of a record are told by its bounces where they have no time of sending, or no other', () => {
  const { record, status } = afterBounces([
    deadBounce(-9, { bouncedAt: null }),
    deadBounce(-4, { sentAt: null }),
    deadBounce(-2, { key: 'mailbox_full', sentAt: null, bouncedAt: null }),
  ]);
  expect(reportDaysOf(record, status, POLICY)).toEqual([9, 4].map((day) => dayOf(daysAfter(-day))));
});

describe(`reports in any order (seed ${SEED})`, () => {
  const span = fc.integer({ min: -300, max: 0 });
  const accounts = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const windows = fc.record({
    accounts: fc.integer({ min: 1, max: 4 }),
    windowInDays: fc.constantFrom(1, 2, 7, 30, 60),
  });
  const told: fc.Arbitrary<readonly Told[]> = fc
    .tuple(
      fc.array(fc.tuple(accounts, span), { maxLength: 8 }),
      // One account that went on for days, so that days are dropped.
      fc.tuple(accounts, span, fc.integer({ min: 1, max: 40 })),
    )
    .map(([some, [account, start, length]]) => [
      ...some,
      ...Array.from({ length }, (_, day): Told => [account, start + day]),
    ]);

  /** The rule as the design says it, with every report at hand. */
  function mustBeDeclared(all: readonly Told[], { globalBounces }: Policy): boolean {
    const starts = all.map(([, day]) => day);
    return starts.some((start) => {
      const within = all.filter(([, day]) => day >= start && day < start + globalBounces.windowInDays);
      return new Set(within.map(([account]) => account)).size >= globalBounces.accounts;
    });
  }

  test('declare it exactly when some window holds enough accounts, and end the same', () => {
    const seen = { declared: 0, not: 0 };
    const scenes = fc.tuple(windows, told).chain(([window, all]) =>
      fc.record({
        policy: fc.constant(policyWith(window.accounts, window.windowInDays)),
        once: fc.constant(all),
        again: fc.shuffledSubarray([...all, ...all], {
          minLength: 2 * all.length,
          maxLength: 2 * all.length,
        }),
      }),
    );
    fc.assert(
      fc.property(scenes, ({ policy, once, again }) => {
        const status = afterReports(once, { policy });
        const isDeclared = mustBeDeclared(once, policy);
        seen[isDeclared ? 'declared' : 'not']++;
        expect(status.global !== null).toBe(isDeclared);
        expect(afterReports(again, { policy })).toEqual(status);
      }),
      RUNS,
    );
    expect(Math.min(seen.declared, seen.not)).toBeGreaterThan(50);
  });

  test('without a declaration keep at most two days of fewer accounts than declare it, for each window', () => {
    fc.assert(
      fc.property(windows, told, (window, all) => {
        const policy = policyWith(window.accounts, window.windowInDays);
        const { deadReports } = afterReports(all, { policy });
        const period = (day: string) => Math.floor(startOfDay(day) / (window.windowInDays * DAY_IN_MS));
        const perPeriod = Map.groupBy([...deadReports.values()].flat(), period);
        for (const days of perPeriod.values()) {
          expect(days.length).toBeLessThanOrEqual(2 * (window.accounts - 1));
        }
      }),
      RUNS,
    );
  });
});

describe('a thousand accounts that report an address', () => {
  const thousand = Array.from({ length: 1_000 }, (_, index): Told => [`account-${index}`, -(index % 300)]);
  const sizeOf = (status: AddressStatus) => JSON.stringify(writeStatusItem(status)).length;

  test('leave an item of a few bytes, whoever was first', () => {
    for (const told of [thousand, thousand.toReversed()]) {
      const status = afterReports(told);
      expect(verdictOf(status, { account: 'nobody', now: NOW })).toMatchObject({ rule: 'P4' });
      expect(sizeOf(status)).toBeLessThan(200);
    }
  });

  test('never make it larger on the way than the few that came before the declaration', () => {
    let status = aStatus();
    let largest = 0;
    for (const [account, day] of thousand) {
      const seen = { record: { ...aRecord(), account }, status };
      ({ status } = afterBounces([deadBounce(day)], {}, seen));
      largest = Math.max(largest, sizeOf(status));
    }
    expect(largest).toBeLessThan(3_000);
  });
});
