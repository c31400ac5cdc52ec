import { describe, expect, test } from '@jest/globals';
import { touchesStatus, withDeadReport, withRecord } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { NO_FACTS } from '../../lib/policy/facts.ts';
import type { FactKey } from '../../lib/policy/reason.ts';
import { dayOf } from '../../lib/policy/time.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
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
} from './builders.ts';

describe('the status mirrors the records', () => {
  const { record, status } = afterBounces([aBounce(), aBounce({ key: 'unknown_user' })]);

  test('with every standing reason, in the same order', () => {
    expect(status.suppressedBy.get(ACCOUNT)).toEqual([
      { key: 'unknown_user', rule: 'B1', until: null },
      { key: 'policy', rule: 'B7', until: null },
    ]);
  });

  test('and is the very same object when it already does', () => {
    expect(withRecord(status, record)).toBe(status);
    expect(withRecord(aStatus(), aRecord()).suppressedBy.size).toBe(0);
  });

  test('with a new end, when a further strike puts the end off', () => {
    const strikes = [-20, -10, 0, 1].map((day) =>
      aBounce({ key: 'mailbox_full', permanence: 'transient', sentAt: daysAfter(day) }),
    );
    const now = daysAfter(1);
    const three = afterBounces(strikes.slice(0, 3), { now });
    const four = afterBounces(strikes.slice(3), { now }, three);
    const [before, after] = [three, four].map(
      (seen) => seen.status.suppressedBy.get(ACCOUNT)?.[0]?.until ?? 0,
    );
    expect(after).toBe(daysAfter(1, before));
  });

  test('and forgets an account whose suppression has gone', () => {
    expect(withRecord(status, { ...record, suppression: null }).suppressedBy.size).toBe(0);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'for an account named %s as for any other',
    (account) => {
      const now = NOW;
      expect(verdictOf(status, { account, now })).toEqual({ rule: 'P1' });
      const other = afterBounces(
        [aBounce({ key: 'unknown_user' })],
        {},
        { record: { ...aRecord(), account }, status },
      );
      expect(verdictOf(other.status, { account, now })).toMatchObject({ rule: 'P2' });
      expect(other.status.deadReports.get(account)).toEqual([dayOf(hoursAfter(-2))]);
      expect(other.status.suppressedBy.get(ACCOUNT)).toEqual(status.suppressedBy.get(ACCOUNT));
    },
  );

  test('is touched when a suppression changes, and left alone when only the audit does', () => {
    const seen = { record, status };
    const soft = aBounce({ key: 'throttled', permanence: 'transient' });
    expect(touchesStatus(seen, afterBounces([soft], {}, seen))).toBe(false);
    expect(touchesStatus(seen, afterBounces([aBounce({ key: 'spam' })], {}, seen))).toBe(true);
    expect(touchesStatus({ record: aRecord(), status }, { record, status })).toBe(true);
  });
});

describe('reports that an address is dead', () => {
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
  ])('a $permanence bounce for $key reports: $isReport', ({ key, permanence, isReport }) => {
    const days = reportedDays([aBounce({ key, permanence, bouncedAt })]);
    expect(days).toEqual(isReport ? [dayOf(bouncedAt)] : undefined);
  });

  test('are kept as days, each once and in order', () => {
    const days = [-3, -9, -3, -6].map((day, index) =>
      aBounce({ key: 'unknown_user', sentAt: daysAfter(day), feedbackId: `f${index}` }),
    );
    expect(reportedDays(days)).toEqual([-9, -6, -3].map((day) => dayOf(daysAfter(day))));
  });

  test('are bounded to the newest twenty days', () => {
    const days = Array.from({ length: 30 }, (_, day) =>
      aBounce({ key: 'unknown_user', sentAt: daysAfter(-day) }),
    );
    const newest = Array.from({ length: 20 }, (_, day) => dayOf(daysAfter(day - 19)));
    expect(reportedDays(days)).toEqual(newest);
    expect(reportedDays(days.toReversed())).toEqual(newest);
  });

  test('need a time of some kind', () => {
    const sentAt = daysAfter(-4);
    expect(reportedDays([aBounce({ key: 'unknown_user', sentAt, bouncedAt: null })])).toEqual([
      dayOf(sentAt),
    ]);
    expect(reportedDays([aBounce({ key: 'unknown_user', sentAt: null })])).toBeUndefined();
  });

  test.each([
    { title: 'an unbounce', facts: { ...NO_FACTS, unbouncedAt: NOW }, releasedAt: null },
    { title: 'a release', facts: NO_FACTS, releasedAt: NOW },
    { title: 'a correction', facts: { ...NO_FACTS, corrections: { unknown_user: NOW } }, releasedAt: null },
  ])('of mail sent before $title are none', ({ facts, releasedAt }) => {
    const record = aRecord({ facts });
    const status = aStatus({ releasedAt });
    const inFlight = aBounce({ key: 'unknown_user', sentAt: NOW, bouncedAt: hoursAfter(1) });
    const later = aBounce({ key: 'unknown_user', sentAt: NOW + 1 });
    const report = { record, address: ADDRESS };
    expect(withDeadReport(status, { ...report, bounce: inFlight }, POLICY)).toBe(status);
    expect(withDeadReport(status, { ...report, bounce: later }, POLICY).deadReports.size).toBe(1);
  });
});
