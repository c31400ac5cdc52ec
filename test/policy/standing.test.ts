import { describe, expect, test } from '@jest/globals';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { addBounce, NO_FACTS } from '../../lib/policy/facts.ts';
import { loadPolicy, type Policy } from '../../lib/policy/policy.ts';
import type { FactKey } from '../../lib/policy/reason.ts';
import { lastEnd, type Standing, standingOf, unexpired } from '../../lib/policy/standing.ts';
import { dayOf, type Instant, startOfDay } from '../../lib/policy/time.ts';
import { aBounce, daysAfter, NOW, POLICY } from './builders.ts';

function standing(
  bounces: readonly Bounce[],
  now: Instant = NOW,
  policy: Policy = POLICY,
): readonly Standing[] {
  const facts = bounces.reduce((known, bounce) => addBounce(known, bounce, { policy, now }), NO_FACTS);
  return standingOf(facts, { policy, now, isSimulator: false });
}

function strikesOn(days: readonly number[], key: FactKey = 'mailbox_full'): Bounce[] {
  return days.map((day) => aBounce({ key, permanence: 'transient', sentAt: daysAfter(day) }));
}

describe('which standing reason comes first', () => {
  const never = aBounce({ key: 'unknown_user', sentAt: daysAfter(-9), feedbackId: 'n' });
  const lateYes = aBounce({ key: 'policy', sentAt: daysAfter(-1), feedbackId: 'b' });
  const earlyYes = aBounce({ key: 'spam', sentAt: daysAfter(-2), feedbackId: 'c' });

  test.each<{ title: string; bounces: Bounce[]; keys: FactKey[] }>([
    {
      title: 'never to be unbounced before what may be, even when older',
      bounces: [lateYes, never],
      keys: ['unknown_user', 'policy'],
    },
    { title: 'among equals the later mail', bounces: [earlyYes, lateYes], keys: ['policy', 'spam'] },
    {
      title: 'among mails of one moment the greater feedback id',
      bounces: [lateYes, { ...earlyYes, sentAt: lateYes.sentAt }],
      keys: ['spam', 'policy'],
    },
    {
      title: 'a certain complaint before a shared one that is later',
      bounces: [aBounce({ key: 'shared_complaint' }), aBounce({ key: 'complaint', sentAt: daysAfter(-5) })],
      keys: ['complaint', 'shared_complaint'],
    },
    {
      title: 'strikes of a reason that is never unbounced before a hard bounce that may be',
      bounces: [lateYes, ...strikesOn([-15, -8, -1])],
      keys: ['mailbox_full', 'policy'],
    },
  ])('$title', ({ bounces, keys }) => {
    expect(standing(bounces).map(({ key }) => key)).toEqual(keys);
    expect(standing(bounces.toReversed()).map(({ key }) => key)).toEqual(keys);
  });

  test('a hard bounce and strikes of one reason stand as one, without an end', () => {
    const both = [...strikesOn([-15, -8, -1]), aBounce({ key: 'mailbox_full', sentAt: daysAfter(-3) })];
    expect(standing(both)).toMatchObject([{ key: 'mailbox_full', until: null, sentAt: daysAfter(-3) }]);
  });
});

describe('a suppression by strikes', () => {
  const lastDay = startOfDay(dayOf(daysAfter(-1)));
  const until = daysAfter(90, lastDay);

  test('ends by itself, in the very moment that it names', () => {
    const strikes = strikesOn([-15, -8, -1]);
    expect(standing(strikes)).toMatchObject([{ key: 'mailbox_full', until }]);
    expect(standing(strikes, until - 1)).toMatchObject([{ key: 'mailbox_full', until }]);
    expect(standing(strikes, until)).toEqual([]);
  });

  test('is put off by each further strike, in whatever order they are told', () => {
    const strikes = strikesOn([-15, -8, -1, 0]);
    const [first] = standing(strikes);
    expect(standing(strikes.toReversed())).toEqual([first]);
    expect(first?.until).toBe(daysAfter(90, startOfDay(dayOf(NOW))));
  });

  test.each([
    { title: 'the first day of the window counts', days: [-89, -40, 0], stands: true },
    { title: 'the day before the window does not', days: [-90, -40, 0], stands: false },
  ])('$title', ({ days, stands }) => {
    expect(standing(strikesOn(days)).length > 0).toBe(stands);
  });

  test('is never ended by one more strike, even when the window up to that one holds too few', () => {
    const strikes = strikesOn([-103, -96, -89]);
    const [before] = standing(strikes);
    expect(before?.until).toBe(daysAfter(90, startOfDay(dayOf(daysAfter(-89)))));
    expect(standing([...strikes, ...strikesOn([0])])).toEqual([before]);
  });

  test('strikes of different reasons are not added up', () => {
    const bounces = [...strikesOn([-15, -8]), ...strikesOn([-1], 'mailbox_inactive')];
    expect(standing(bounces)).toEqual([]);
  });

  test.each(['permanent', 'transient'] as const)('can be one of %s bounces alone', (permanence) => {
    const effects = { permanent: 'soft', transient: 'soft', [permanence]: { strikes: 3, overDays: 14 } };
    const policy = loadPolicy([{ reason: 'mailbox_full', unbounce: 'yes', ...effects }]);
    const strikes = strikesOn([-15, -8, -1]).map((strike) => ({ ...strike, permanence }));
    expect(standing(strikes, NOW, policy)).toMatchObject([{ key: 'mailbox_full', until }]);
  });

  test('is gone with the rule by which it was counted', () => {
    const facts = strikesOn([-15, -8, -1]).reduce(
      (known, strike) => addBounce(known, strike, { policy: POLICY, now: NOW }),
      NO_FACTS,
    );
    const policy = loadPolicy([{ reason: 'mailbox_full', transient: 'soft' }]);
    expect(standingOf(facts, { policy, now: NOW, isSimulator: false })).toEqual([]);
  });

  test('names the mail of its window that was sent last', () => {
    const strikes = strikesOn([-15, -8, -1, 0]);
    expect(standing(strikes)).toMatchObject([{ sentAt: NOW }]);
    const [first, ...others] = strikes;
    const late = { ...first, sentAt: daysAfter(2), bouncedAt: daysAfter(-15) } as Bounce;
    expect(standing([late, ...others])).toMatchObject([{ sentAt: daysAfter(2) }]);
  });

  test('days in the future are read as now', () => {
    const [first] = standing(strikesOn([-15, -8, 3650]));
    expect(first?.until).toBe(daysAfter(90));
  });
});

describe('when a standing reason ends', () => {
  const early = { until: daysAfter(1) };
  const late = { until: daysAfter(2) };
  const never = { until: null };

  test('the last end is that of the one that ends last, and none where one never ends', () => {
    expect(lastEnd([late, early])).toBe(daysAfter(2));
    expect(lastEnd([late, never])).toBeNull();
  });

  test('what has ended is left out, the others stay in order', () => {
    expect(unexpired([late, early, never], NOW)).toEqual([late, early, never]);
    expect(unexpired([late, early, never], daysAfter(1))).toEqual([late, never]);
    expect(unexpired([late, early, never], daysAfter(2))).toEqual([never]);
  });
});
