import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { quotaLimit, quotaOf } from '../../lib/policy/quota.ts';
import { monthOf, toIso } from '../../lib/policy/time.ts';
import { RUNS, SEED } from './arbitraries.ts';
import { NOW } from './builders.ts';

describe('U6: how many unbounces a month has', () => {
  test.each([
    { contacts: null, limit: 10 },
    { contacts: 0, limit: 10 },
    { contacts: 1, limit: 10 },
    { contacts: 549, limit: 10 },
    { contacts: 550, limit: 11 },
    { contacts: 599, limit: 11 },
    { contacts: 1_450, limit: 29 },
    { contacts: 10_000, limit: 200 },
    { contacts: 49_999, limit: 999 },
    { contacts: 50_000, limit: 1_000 },
    { contacts: 50_050, limit: 1_000 },
    { contacts: Number.MAX_SAFE_INTEGER, limit: 1_000 },
  ])('U6: $contacts contacts have $limit', ({ contacts, limit }) => {
    expect(quotaLimit(contacts)).toBe(limit);
  });

  test(`U6: the limit stays between 10 and 1,000 and is 2 % of the contacts between (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(100_000), (contacts, more) => {
        const limit = quotaLimit(contacts);
        expect(limit).toBeGreaterThanOrEqual(10);
        expect(limit).toBeLessThanOrEqual(1_000);
        expect(quotaLimit(contacts + more)).toBeGreaterThanOrEqual(limit);
        const between = 500 + (contacts % 49_501);
        expect(quotaLimit(between) * 50).toBeLessThanOrEqual(between);
        expect((quotaLimit(between) + 1) * 50).toBeGreaterThan(between);
      }),
      RUNS,
    );
  });
});

describe('what is left of a quota', () => {
  test.each([
    { title: 'nothing used', contacts: 1_000, used: 0, remaining: 20 },
    { title: 'some used', contacts: 1_000, used: 15, remaining: 5 },
    { title: 'all used', contacts: 1_000, used: 20, remaining: 0 },
    { title: 'contacts raised in mid-month', contacts: 2_000, used: 20, remaining: 20 },
    { title: 'contacts lowered below what is used', contacts: 600, used: 20, remaining: 0 },
  ])('$title', ({ contacts, used, remaining }) => {
    expect(quotaOf({ contacts, used, now: NOW })).toMatchObject({ month: '2026-11', used, remaining });
  });

  test.each([
    { now: '2026-11-30T23:59:59.999Z', month: '2026-11', resetsAt: '2026-12-01T00:00:00.000Z' },
    { now: '2026-12-01T00:00:00.000Z', month: '2026-12', resetsAt: '2027-01-01T00:00:00.000Z' },
    { now: '2026-12-31T23:59:59.999Z', month: '2026-12', resetsAt: '2027-01-01T00:00:00.000Z' },
    { now: '2028-02-29T12:00:00.000Z', month: '2028-02', resetsAt: '2028-03-01T00:00:00.000Z' },
  ])('a request of $now belongs to $month, which ends at $resetsAt', ({ now, month, resetsAt }) => {
    const quota = quotaOf({ contacts: null, used: 0, now: Date.parse(now) });
    expect(quota.month).toBe(month);
    expect(toIso(quota.resetsAt)).toBe(resetsAt);
  });

  test(`used and remaining make the limit, until a new month begins (seed ${SEED})`, () => {
    const moment = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2120-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.option(fc.nat(100_000)), fc.nat(1_500), moment, (contacts, used, date) => {
        const now = date.getTime();
        const { limit, remaining, resetsAt, month } = quotaOf({ contacts, used, now });
        expect(remaining + Math.min(used, limit)).toBe(limit);
        expect(resetsAt).toBeGreaterThan(now);
        expect(monthOf(resetsAt - 1)).toBe(month);
        expect(monthOf(resetsAt)).not.toBe(month);
      }),
      RUNS,
    );
  });
});
