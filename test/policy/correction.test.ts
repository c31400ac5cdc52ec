import { describe, expect, test } from '@jest/globals';
import type { AddressRecord } from '../../lib/policy/address-record.ts';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { type Correction, decideCorrection, mayConcern } from '../../lib/policy/correction.ts';
import type { WholeAddress } from '../../lib/policy/release.ts';
import { openRemoval } from '../../lib/policy/ses-removal.ts';
import { dayOf, startOfDay } from '../../lib/policy/time.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import {
  ACCOUNT,
  aBounce,
  afterBounces,
  anAccount,
  aRecord,
  aRequest,
  aStatus,
  daysAfter,
  granted,
  hoursAfter,
  NOW,
  POLICY,
  type Seen,
} from './builders.ts';

const FROM = hoursAfter(-6);
const TO = hoursAfter(-3);
const CONTEXT = { policy: POLICY, now: NOW, asksSes: false };

function aCorrection(changes: Partial<Correction> = {}): Correction {
  return { from: FROM, to: TO, reason: null, rule: null, domain: null, campaign: null, ...changes };
}

/** A bounce so many hours ago of mail sent right before. */
function bounced(hoursAgo: number, changes: Partial<Bounce> = {}): Bounce {
  return aBounce({ key: 'unknown_user', sentAt: hoursAfter(-hoursAgo) - 60_000, ...changes });
}

function softDays(...daysAgo: readonly number[]): Bounce[] {
  return daysAgo.map((days) =>
    aBounce({ key: 'mailbox_full', permanence: 'transient', sentAt: daysAfter(-days, FROM) }),
  );
}

function correct(
  bounces: readonly Bounce[],
  changes: Partial<Correction> = {},
  context: Partial<typeof CONTEXT> & { readonly address?: string } = {},
) {
  const { record, status } = afterBounces(bounces, context);
  const whole = { records: [record], status };
  const correction = aCorrection(changes);
  return decideCorrection({ account: ACCOUNT, correction }, whole, { ...CONTEXT, ...context });
}

interface InShort {
  readonly lifted: readonly string[];
  readonly kept: readonly string[];
  readonly verdict: string;
}

function inShort(decided: ReturnType<typeof correct>): InShort {
  return {
    lifted: decided.lifted.map(({ key }) => key),
    kept: decided.kept.map(({ key, keptFor }) => `${key}: ${keptFor}`),
    verdict: verdictOf(decided.status.after, { account: ACCOUNT, now: NOW }).rule,
  };
}

const MEANT = bounced(5);
const tenSoft = Array.from({ length: 10 }, (_, index) =>
  bounced(1, { key: 'content', permanence: 'transient', feedbackId: `soft ${index}` }),
);
const LIFTED: InShort = { lifted: ['unknown_user'], kept: [], verdict: 'P1' };
const UNTOUCHED: InShort = { lifted: [], kept: [], verdict: 'P2' };

describe('what a correction lifts', () => {
  test.each<[string, readonly Bounce[], Partial<Correction>, InShort]>([
    ['a bounce in the window', [MEANT], {}, LIFTED],
    [
      'a bounce at its first moment',
      [aBounce({ key: 'unknown_user', sentAt: hoursAfter(-7), bouncedAt: FROM })],
      {},
      LIFTED,
    ],
    [
      'a bounce at its last moment',
      [aBounce({ key: 'unknown_user', sentAt: FROM, bouncedAt: TO })],
      {},
      LIFTED,
    ],
    [
      'mail from before the window that bounced in it',
      [bounced(5, { sentAt: daysAfter(-2), bouncedAt: hoursAfter(-5) })],
      {},
      LIFTED,
    ],
    ['several bounces of the window', [MEANT, bounced(4)], {}, LIFTED],
    ['nothing that bounced before it', [bounced(7)], {}, UNTOUCHED],
    ['nothing that bounced after it', [bounced(2)], {}, UNTOUCHED],
    ['nothing of which nobody knows when', [bounced(5, { sentAt: null, bouncedAt: null })], {}, UNTOUCHED],
    ['the reason that is named', [MEANT], { reason: 'unknown_user' }, LIFTED],
    ['no other reason', [MEANT], { reason: 'policy' }, UNTOUCHED],
    ['the rule that is named', [MEANT], { rule: 'B1' }, LIFTED],
    ['no other rule', [MEANT], { rule: 'B7' }, UNTOUCHED],
    ['the campaign that is named', [MEANT], { campaign: 'spring' }, LIFTED],
    ['no other campaign', [MEANT], { campaign: 'autumn' }, UNTOUCHED],
    ['the domain that is named', [MEANT], { domain: 'example.com' }, LIFTED],
    ['no other domain', [MEANT], { domain: 'example.net' }, UNTOUCHED],
    ['nothing by strikes that lie before it', softDays(30, 20, 10), {}, { ...UNTOUCHED, verdict: 'P8' }],
    ['what ten later soft bounces have pushed out of sight', [MEANT, ...tenSoft], {}, LIFTED],
  ])('%s', (_name, bounces, changes, expected) => {
    expect(inShort(correct(bounces, changes))).toEqual(expected);
  });

  test('every domain of the provider that is named', () => {
    const lifted = (domain: string) =>
      inShort(correct([MEANT], { domain }, { address: ['ada', 'googlemail.com'].join('@') })).lifted;
    expect(lifted('gmail.com')).toEqual(['unknown_user']);
    expect(lifted('googlemail.com')).toEqual(['unknown_user']);
    expect(lifted('outlook.com')).toEqual([]);
  });

  test('each reason by itself', () => {
    const spam = bounced(5, { key: 'spam' });
    expect(inShort(correct([MEANT, spam]))).toEqual({ ...LIFTED, lifted: ['unknown_user', 'spam'] });
    expect(inShort(correct([MEANT, bounced(30, { key: 'spam' })]))).toEqual({ ...LIFTED, verdict: 'P2' });
  });

  test('a report of the dead with its reason, also where another reason ends with it', () => {
    const { status } = correct([MEANT, bounced(5, { key: 'spam' })]);
    expect([status.before.deadReports.size, status.after.deadReports.size]).toEqual([1, 0]);
  });

  test('strikes whose days are all of the window', () => {
    const strikes = softDays(19, 10, 1);
    const window = { from: daysAfter(-20, FROM), to: TO };
    expect(inShort(correct(strikes, window))).toEqual({ lifted: ['mailbox_full'], kept: [], verdict: 'P1' });
  });

  test('strikes that would not be enough without those of the window', () => {
    expect(inShort(correct(softDays(19, 10, 0)))).toEqual({
      lifted: ['mailbox_full'],
      kept: [],
      verdict: 'P1',
    });
  });
});

describe('what a correction keeps', () => {
  test.each<[string, readonly Bounce[], Partial<Correction>, string]>([
    ['a reason that bounced before the window', [bounced(48), MEANT], {}, 'unknown_user: bounced_before'],
    ['a reason that bounced after it', [MEANT, bounced(1)], {}, 'unknown_user: bounced_since'],
    [
      'a reason that bounced for another campaign',
      [MEANT, bounced(4, { campaign: 'autumn' })],
      { campaign: 'spring' },
      'unknown_user: other_campaign',
    ],
    ['a complaint that nobody names', [bounced(5, { key: 'complaint' })], {}, 'complaint: complaint'],
    [
      'mail that was sent after the window, by its clock',
      [bounced(5, { sentAt: hoursAfter(-2), bouncedAt: hoursAfter(-4) })],
      {},
      'unknown_user: bounced_since',
    ],
    [
      'strikes that are enough without those of the window',
      softDays(30, 20, 10, 0),
      {},
      'mailbox_full: bounced_before',
    ],
    [
      'strikes that are enough after the window, of mail that was sent in it as well',
      softDays(40, 21, 10, 1).map((strike) => ({ ...strike, sentAt: daysAfter(-40, FROM) })),
      { from: daysAfter(-41, FROM), to: daysAfter(-39, FROM) },
      'mailbox_full: bounced_since',
    ],
    [
      'a reason by what stands before the window, whatever else there is',
      [bounced(48), MEANT, bounced(1)],
      {},
      'unknown_user: bounced_before',
    ],
    [
      'a reason by what stands after the window, whatever other campaigns brought',
      [MEANT, bounced(4, { campaign: 'autumn' }), bounced(1)],
      { campaign: 'spring' },
      'unknown_user: bounced_since',
    ],
    ...[FROM, TO].map((bouncedAt): [string, readonly Bounce[], Partial<Correction>, string] => [
      `another campaign's bounce at an end of the window, ${new Date(bouncedAt).toISOString()}`,
      [MEANT, bounced(6, { campaign: 'autumn', bouncedAt })],
      { campaign: 'spring' },
      'unknown_user: other_campaign',
    ]),
    [
      'a hard bounce from before the window, where only a strike lies in it',
      [bounced(48, { key: 'mailbox_full' }), ...softDays(0)],
      {},
      'mailbox_full: bounced_before',
    ],
    [
      'what strikes from before the window forbid by themselves',
      [...softDays(30, 20, 10), bounced(5, { key: 'mailbox_full' })],
      {},
      'mailbox_full: bounced_before',
    ],
    [
      'strikes, of which nobody knows the campaign',
      [...softDays(19, 10, 0), bounced(5, { key: 'mailbox_full' })],
      { campaign: 'spring' },
      'mailbox_full: bounced_before',
    ],
  ])('%s', (_name, bounces, changes, kept) => {
    const decided = correct(bounces, changes);
    expect(inShort(decided)).toMatchObject({ lifted: [], kept: [kept] });
    expect(decided.record.after).toBe(decided.record.before);
    expect(decided.status.after).toBe(decided.status.before);
    expect(decided.weighed).toEqual([]);
  });

  test('an account that has heard nothing', () => {
    const { record, status } = afterBounces([MEANT]);
    const correction = aCorrection();
    const decided = decideCorrection(
      { account: 'other', correction },
      { records: [record], status },
      CONTEXT,
    );
    expect(inShort(decided)).toEqual({ lifted: [], kept: [], verdict: 'P2' });
    expect(decided.record.after).toEqual({ ...aRecord(), account: 'other' });
  });

  test('a soft bounce from before the window is no reason to keep a hard one', () => {
    const soft = bounced(48, { key: 'mailbox_full', permanence: 'transient' });
    expect(inShort(correct([soft, bounced(5, { key: 'mailbox_full' })])).lifted).toEqual(['mailbox_full']);
  });

  test('an address of which nobody knows the domain any more', () => {
    const { record, status } = afterBounces([MEANT]);
    const erased = { ...record, address: null, erasedAt: NOW };
    const at = (domain: string | null) =>
      decideCorrection(
        { account: ACCOUNT, correction: aCorrection({ domain }) },
        { records: [erased], status },
        CONTEXT,
      );
    expect(inShort(at('example.com')).kept).toEqual(['unknown_user: erased']);
    expect(inShort(at(null)).lifted).toEqual(['unknown_user']);
  });
});

describe('what stands is worth reading for a correction', () => {
  const startOfWindowDay = startOfDay(dayOf(FROM));
  const at = (bouncedAt: number) => [bounced(48, { bouncedAt })];

  test.each<[string, boolean, readonly Bounce[], Partial<Correction>]>([
    ['where it bounced in the window', true, [MEANT], {}],
    ['where it bounced on its first day: of strikes only the day is told', true, at(startOfWindowDay), {}],
    ['not where it bounced before that day', false, at(startOfWindowDay - 1), {}],
    [
      'where its mail was sent then, and nobody knows when it bounced',
      true,
      [bounced(5, { bouncedAt: null })],
      {},
    ],
    ['where one reason of several is meant', true, [MEANT, bounced(48, { key: 'spam' })], {}],
    ['not where nothing stands', false, [], {}],
    ['where the reason is named', true, [MEANT], { reason: 'unknown_user' }],
    ['not where another reason is', false, [MEANT], { reason: 'policy' }],
    ['where the rule is named', true, [MEANT], { rule: 'B1' }],
    ['not where another rule is', false, [MEANT], { rule: 'B7' }],
    ['where the domain is named', true, [MEANT], { domain: 'example.com' }],
    ['not where another domain is', false, [MEANT], { domain: 'example.net' }],
  ])('%s: %s', (_name, isWorth, bounces, changes) => {
    const { address, suppression } = afterBounces(bounces).record;
    const standing = suppression?.standing ?? [];
    expect(mayConcern({ address, standing }, aCorrection(changes))).toBe(isWorth);
  });

  test('where a domain is named and nobody knows the address any more', () => {
    const standing = afterBounces([MEANT]).record.suppression?.standing ?? [];
    expect(mayConcern({ address: null, standing }, aCorrection({ domain: 'example.net' }))).toBe(true);
  });
});

test.each<[string, Bounce['key'], Partial<Correction>]>([
  ['by its reason', 'complaint', { reason: 'complaint' }],
  ['by its rule', 'complaint', { rule: POLICY.rows.complaint.rule }],
  ['that named several recipients', 'shared_complaint', { reason: 'complaint' }],
])('a complaint that is named %s is lifted', (_name, key, changes) => {
  expect(inShort(correct([bounced(5, { key })], changes))).toMatchObject({ lifted: [key], verdict: 'P1' });
});

describe('after a correction', () => {
  const decided = correct([MEANT]);
  const after: Seen = { record: decided.record.after, status: decided.status.after };

  test('what was sent until its end does not come back, told again or for the first time', () => {
    const late = bounced(4, { feedbackId: 'late', bouncedAt: hoursAfter(-1) });
    const { record, status } = afterBounces([MEANT, late], {}, after);
    expect(record.suppression).toBeNull();
    expect(status.deadReports.size).toBe(0);
    expect(verdictOf(status, { account: ACCOUNT, now: NOW }).rule).toBe('P1');
  });

  test('another reason of that time counts', () => {
    const { status } = afterBounces([bounced(5, { key: 'spam' })], {}, after);
    expect(verdictOf(status, { account: ACCOUNT, now: NOW }).rule).toBe('P2');
  });

  test('mail that was sent after its end counts', () => {
    const { status } = afterBounces([bounced(1)], {}, after);
    expect(verdictOf(status, { account: ACCOUNT, now: NOW }).rule).toBe('P2');
  });

  test('the same correction finds nothing, and an earlier one does not move the end back', () => {
    const whole = { records: [after.record], status: after.status };
    const correction = aCorrection();
    const again = decideCorrection({ account: ACCOUNT, correction }, whole, CONTEXT);
    expect([again.lifted, again.kept]).toEqual([[], []]);
    expect(after.record.facts.corrections).toEqual({ unknown_user: TO });
  });

  test('the one unbounce of the address is still there', () => {
    const relapsed = afterBounces([aBounce({ key: 'policy', sentAt: hoursAfter(-1) })], {}, after);
    const decision = decideUnbounce(
      aRequest(),
      { account: anAccount(), ...relapsed, used: 0 },
      { ...CONTEXT, receivedAt: NOW },
    );
    expect(granted(decision).unbounce.lifted).toEqual({ reason: 'policy', rule: 'B7' });
  });

  test('SES is asked to take the address off its list, where there is an SES', () => {
    expect(openRemoval(decided.status.after.ses)).toBeNull();
    expect(openRemoval(correct([MEANT], {}, { asksSes: true }).status.after.ses)).toBe(NOW);
    const nothing = correct([bounced(7)], {}, { asksSes: true });
    expect(openRemoval(nothing.status.after.ses)).toBeNull();
  });

  test('SES is not asked about its own simulator', () => {
    const simulator = correct(
      [aBounce({ sentAt: hoursAfter(-0.5) })],
      { from: hoursAfter(-1), to: NOW },
      {
        address: 'bounce@simulator.amazonses.com',
        asksSes: true,
      },
    );
    expect(simulator.lifted).toHaveLength(1);
    expect(openRemoval(simulator.status.after.ses)).toBeNull();
  });
});

describe('a global bounce', () => {
  /** The address after these bounces in these accounts, one after the other. */
  function reportedBy(bounces: Readonly<Record<string, readonly Bounce[]>>): WholeAddress {
    let status = aStatus();
    const records: AddressRecord[] = [];
    for (const [account, told] of Object.entries(bounces)) {
      const seen = afterBounces(told, {}, { record: { ...aRecord(), account }, status });
      status = seen.status;
      records.push(seen.record);
    }
    return { records, status };
  }

  function correctIn(account: string, whole: WholeAddress): WholeAddress {
    const decided = decideCorrection({ account, correction: aCorrection() }, whole, CONTEXT);
    const others = whole.records.filter((record) => record.account !== account);
    return { records: [...others, decided.record.after], status: decided.status.after };
  }

  const verdicts = (status: AddressStatus) =>
    ['a', 'b', 'c', 'd'].map((account) => verdictOf(status, { account, now: NOW }).rule);

  const EARLIER = bounced(24 * 20);

  test('that rests on the window ends with the first account, and each account has its own until then', () => {
    const whole = reportedBy({ a: [MEANT], b: [MEANT], c: [MEANT] });
    expect(verdicts(whole.status)).toEqual(['P4', 'P4', 'P4', 'P4']);
    const one = correctIn('a', whole);
    expect(verdicts(one.status)).toEqual(['P1', 'P2', 'P2', 'P1']);
    expect([...one.status.deadReports.keys()].sort()).toEqual(['b', 'c']);
    const all = correctIn('c', correctIn('b', one));
    expect(verdicts(all.status)).toEqual(['P1', 'P1', 'P1', 'P1']);
    expect(all.status.deadReports.size).toBe(0);
  });

  test('that rests on other reports as well stays', () => {
    const whole = reportedBy({ a: [MEANT], b: [EARLIER], c: [EARLIER], d: [EARLIER] });
    const { status, records } = correctIn('a', whole);
    expect(verdicts(status)).toEqual(['P4', 'P4', 'P4', 'P4']);
    expect(records.find(({ account }) => account === 'a')?.suppression).toBeNull();
  });

  test.each([
    {
      title: 'the other accounts that reported it',
      told: { a: [MEANT], b: [MEANT], c: [MEANT] },
      of: ['b', 'c'],
    },
    { title: 'nobody where it is not declared', told: { a: [MEANT], b: [MEANT] }, of: [] },
  ])('is weighed by the records of $title', ({ told, of }) => {
    const { records, status } = reportedBy(told);
    const silent = { ...aRecord(), account: 'e' };
    const whole = { records: [...records, silent], status };
    const { weighed } = decideCorrection({ account: 'a', correction: aCorrection() }, whole, CONTEXT);
    expect(weighed.map(({ account }) => account)).toStrictEqual(of);
  });

  test('does not come back by a replay, in any account that was corrected', () => {
    const whole = ['a', 'b', 'c'].reduce(
      (before, account) => correctIn(account, before),
      reportedBy({ a: [MEANT], b: [MEANT], c: [MEANT] }),
    );
    const status = whole.records.reduce(
      (known, record) => afterBounces([MEANT], {}, { record, status: known }).status,
      whole.status,
    );
    expect(verdicts(status)).toEqual(['P1', 'P1', 'P1', 'P1']);
  });

  test('is not declared from reports of the window that were corrected before it', () => {
    const corrected = correctIn(
      'a',
      reportedBy({ a: [EARLIER, bounced(5, { key: 'mailbox_full' })], b: [EARLIER] }),
    );
    expect(corrected.status.deadReports.get('a')).toEqual(['2026-11-03']);
    const seen = afterBounces(
      [bounced(1)],
      {},
      { record: { ...aRecord(), account: 'c' }, status: corrected.status },
    );
    expect(seen.status.global).not.toBeNull();
  });
});
