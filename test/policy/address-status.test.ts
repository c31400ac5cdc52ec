import { describe, expect, test } from '@jest/globals';
import { ownMarks, touchesStatus, withRecord } from '../../lib/policy/address-status.ts';
import { dayOf } from '../../lib/policy/time.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import { ACCOUNT, aBounce, afterBounces, aRecord, aStatus, daysAfter, hoursAfter, NOW } from './builders.ts';

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
    expect(touchesStatus(seen, { record, status: { ...status, releasedAt: NOW } })).toBe(true);
  });

  test.each([
    { title: 'reason', changes: { key: 'spam' } as const },
    { title: 'rule', changes: { rule: 'B18' } },
    { title: 'end', changes: { until: NOW } },
  ])('and follows where what stands changes its $title alone', ({ changes }) => {
    const { suppression } = record;
    const standing = suppression?.standing.map((one) => ({ ...one, ...changes })) ?? [];
    const changed = { ...record, suppression: suppression && { ...suppression, standing } };
    expect(withRecord(status, changed).suppressedBy.get(ACCOUNT)).toEqual([
      { key: 'unknown_user', rule: 'B1', until: null, ...changes },
      { key: 'policy', rule: 'B7', until: null, ...changes },
    ]);
  });

  test('not while a global bounce stands: it blocks for all, and the record tells what is its own', () => {
    const dead = aStatus({ global: { declaredAt: NOW, rule: 'G1' } });
    expect(withRecord(dead, record)).toBe(dead);
    expect(ownMarks(dead, record)).toEqual(status.suppressedBy.get(ACCOUNT));
    expect(ownMarks(aStatus(), record)).toEqual([]);
  });
});
