import { describe, expect, test } from '@jest/globals';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { NO_FACTS } from '../../lib/policy/facts.ts';
import { POLICY_ROWS, SIMULATOR_RULE } from '../../lib/policy/policy-table.ts';
import type { FactKey, Permanence } from '../../lib/policy/reason.ts';
import { addressRefusals } from '../../lib/policy/refusal.ts';
import { dayOf, startOfDay } from '../../lib/policy/time.ts';
import { aBounce, afterBounces, daysAfter, hoursAfter, NOW, POLICY } from './builders.ts';

type Expected = 'blocks' | 'nothing' | { strikes: number; overDays: number; endsAfterDays: number };

interface RowCase {
  readonly title: string;
  readonly key: FactKey;
  readonly permanent: Expected;
  readonly transient: Expected;
  readonly unbounce: 'refused' | 'allowed' | 'nothing to lift';
}

const IN_ONE_MONTH = { strikes: 5, overDays: 14, endsAfterDays: 30 };
const IN_THREE_MONTHS = { strikes: 3, overDays: 14, endsAfterDays: 90 };

const ROWS: readonly RowCase[] = [
  {
    title: 'B1: unknown_user blocks at once or by 5 strikes over 14 days, and is never unbounced',
    key: 'unknown_user',
    permanent: 'blocks',
    transient: IN_ONE_MONTH,
    unbounce: 'refused',
  },
  {
    title: 'B2: mailbox_inactive blocks at once or by 3 strikes over 14 days, and is never unbounced',
    key: 'mailbox_inactive',
    permanent: 'blocks',
    transient: IN_THREE_MONTHS,
    unbounce: 'refused',
  },
  {
    title: 'B3: mailbox_full blocks at once or by 3 strikes over 14 days, and is never unbounced',
    key: 'mailbox_full',
    permanent: 'blocks',
    transient: IN_THREE_MONTHS,
    unbounce: 'refused',
  },
  {
    title: 'B4: dns_failure blocks at once or by 3 strikes over 7 days, and may be unbounced',
    key: 'dns_failure',
    permanent: 'blocks',
    transient: { strikes: 3, overDays: 7, endsAfterDays: 30 },
    unbounce: 'allowed',
  },
  {
    title: 'B5: content blocks when permanent, does nothing when transient, and may be unbounced',
    key: 'content',
    permanent: 'blocks',
    transient: 'nothing',
    unbounce: 'allowed',
  },
  {
    title: 'B6: spam blocks when permanent, does nothing when transient, and may be unbounced',
    key: 'spam',
    permanent: 'blocks',
    transient: 'nothing',
    unbounce: 'allowed',
  },
  {
    title: 'B7: policy blocks when permanent, does nothing when transient, and may be unbounced',
    key: 'policy',
    permanent: 'blocks',
    transient: 'nothing',
    unbounce: 'allowed',
  },
  {
    title: 'B8: mailbox_misconfiguration blocks by 5 strikes over 14 days only, and may be unbounced',
    key: 'mailbox_misconfiguration',
    permanent: IN_ONE_MONTH,
    transient: IN_ONE_MONTH,
    unbounce: 'allowed',
  },
  {
    title: 'B9: timeout blocks by 5 strikes over 14 days only, and may be unbounced',
    key: 'timeout',
    permanent: IN_ONE_MONTH,
    transient: IN_ONE_MONTH,
    unbounce: 'allowed',
  },
  {
    title: 'B10: message_too_large never blocks',
    key: 'message_too_large',
    permanent: 'nothing',
    transient: 'nothing',
    unbounce: 'nothing to lift',
  },
  {
    title: 'B11: authentication never blocks',
    key: 'authentication',
    permanent: 'nothing',
    transient: 'nothing',
    unbounce: 'nothing to lift',
  },
  {
    title: 'B12: reputation never blocks',
    key: 'reputation',
    permanent: 'nothing',
    transient: 'nothing',
    unbounce: 'nothing to lift',
  },
  {
    title: 'B13: throttled never blocks',
    key: 'throttled',
    permanent: 'nothing',
    transient: 'nothing',
    unbounce: 'nothing to lift',
  },
  {
    title: 'B14: temporary_problem never blocks',
    key: 'temporary_problem',
    permanent: 'nothing',
    transient: 'nothing',
    unbounce: 'nothing to lift',
  },
  {
    title: 'B15: other blocks when permanent, does nothing when transient, and may be unbounced',
    key: 'other',
    permanent: 'blocks',
    transient: 'nothing',
    unbounce: 'allowed',
  },
  {
    title: 'B16: a complaint that names one recipient blocks, and is never unbounced',
    key: 'complaint',
    permanent: 'blocks',
    transient: 'blocks',
    unbounce: 'refused',
  },
  {
    title: 'B17: a complaint that names several recipients blocks, and may be unbounced',
    key: 'shared_complaint',
    permanent: 'blocks',
    transient: 'blocks',
    unbounce: 'allowed',
  },
];

const LAST_DAY = startOfDay(dayOf(daysAfter(-1)));

/** Bounces on these days, counted back from the last. */
function bouncesOn(daysBack: readonly number[], what: Pick<Bounce, 'key' | 'permanence'>): Bounce[] {
  return daysBack.map((days, index) =>
    aBounce({ ...what, feedbackId: `f${index}`, sentAt: hoursAfter(index, daysAfter(-days, LAST_DAY)) }),
  );
}

/** That many strikes in a row, but for the last, which comes when all the days have passed. */
function strikesOver(strikes: number, days: number): number[] {
  return [...Array.from({ length: strikes - 1 }, (_, index) => days - index), 0];
}

function standingAfter(bounces: readonly Bounce[]) {
  return afterBounces(bounces).record.suppression?.standing ?? [];
}

function rowOf(key: FactKey) {
  return POLICY.rows[key];
}

function expectEffect(what: { key: FactKey; permanence: Permanence }, expected: Expected): void {
  const { key } = what;
  if (expected === 'blocks') {
    const { rule } = rowOf(key);
    expect(standingAfter(bouncesOn([0], what))).toMatchObject([{ key, rule, until: null }]);
  } else if (expected === 'nothing') {
    const { record } = afterBounces(bouncesOn([40, 30, 25, 20, 15, 10, 5, 3, 2, 1, 0], what));
    expect(record).toMatchObject({ facts: NO_FACTS, suppression: null });
  } else {
    expectStrikes(what, expected);
  }
}

function expectStrikes(
  what: { key: FactKey; permanence: Permanence },
  { strikes, overDays, endsAfterDays }: { strikes: number; overDays: number; endsAfterDays: number },
): void {
  const { key } = what;
  const enough = strikesOver(strikes, overDays);
  const until = daysAfter(endsAfterDays, LAST_DAY);
  expect(standingAfter(bouncesOn(enough, what))).toMatchObject([{ key, rule: rowOf(key).rule, until }]);
  expect(standingAfter(bouncesOn(strikesOver(strikes, overDays - 1), what))).toEqual([]);
  expect(standingAfter(bouncesOn(strikesOver(strikes - 1, overDays), what))).toEqual([]);
  expect(standingAfter(bouncesOn([...strikesOver(strikes - 1, overDays), 0], what))).toEqual([]);
}

/** The rules that refuse to lift what a bounce, or a row of strikes, of this reason has done. */
function refusedBy(key: FactKey, permanence: Permanence): readonly string[] {
  const bounces = bouncesOn([30, 29, 28, 14, 10, 0], { key, permanence });
  return addressRefusals({ ...afterBounces(bounces), policy: POLICY, now: NOW }).map(({ rule }) => rule);
}

const REFUSALS = { refused: ['U3'], allowed: [], 'nothing to lift': ['U2'] };

describe('the policy table', () => {
  test.each(ROWS)('$title', ({ title, key, permanent, transient, unbounce }) => {
    expect(rowOf(key).rule).toBe(title.slice(0, title.indexOf(':')));
    expectEffect({ key, permanence: 'permanent' }, permanent);
    expectEffect({ key, permanence: 'transient' }, transient);
    expect(refusedBy(key, 'permanent')).toEqual(REFUSALS[unbounce]);
    expect(refusedBy(key, 'transient')).toEqual(transient === 'nothing' ? ['U2'] : REFUSALS[unbounce]);
  });

  test('every row of the table stands above', () => {
    expect(ROWS.map(({ key }) => key)).toEqual(POLICY_ROWS.map(({ reason }) => reason));
  });
});

describe('B18: the mailbox simulator', () => {
  const simulator = { address: 'bounce@simulator.amazonses.com' };
  const bouncedAt = hoursAfter(-0.25);

  test('B18: a bounce of the mailbox simulator blocks for one hour, whatever its reason', () => {
    const reasons = ['unknown_user', 'policy', 'complaint'] as const;
    for (const key of reasons) {
      const { record } = afterBounces([aBounce({ key, bouncedAt })], simulator);
      expect(record.suppression?.standing).toMatchObject([
        { key, rule: SIMULATOR_RULE, until: hoursAfter(1, bouncedAt) },
      ]);
    }
  });

  test('B18: an hour that begins in the future begins now', () => {
    const { record } = afterBounces([aBounce({ bouncedAt: daysAfter(1) })], simulator);
    expect(record.suppression?.standing).toMatchObject([{ until: hoursAfter(1) }]);
  });

  test('B18: the mailbox simulator has no strikes and reports nobody dead', () => {
    const strikes = bouncesOn(strikesOver(5, 14), { key: 'timeout', permanence: 'transient' });
    const dead = aBounce({ key: 'unknown_user', bouncedAt });
    const { record, status } = afterBounces([...strikes, dead], simulator);
    expect(record.suppression?.standing.map(({ key }) => key)).toEqual(['unknown_user']);
    expect(status.deadReports.size).toBe(0);
  });

  test('B18: a bounce of the mailbox simulator that is an hour old blocks nothing', () => {
    const old = aBounce({ bouncedAt: hoursAfter(-1) });
    expect(afterBounces([old], simulator).record.suppression).toBeNull();
  });

  test.each([
    'bounce@simulator.amazonses.com.example',
    'simulator.amazonses.com@example.com',
    'bounce@notsimulator.amazonses.com',
  ])('B18: %s is an address like any other', (address) => {
    const { record } = afterBounces([aBounce()], { address });
    expect(record.suppression?.standing[0]?.until).toBeNull();
  });
});
