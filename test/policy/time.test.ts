import { describe, expect, test } from '@jest/globals';
import { dayOf, monthOf, startOfDay, startOfNextMonth, toIso } from '../../lib/policy/time.ts';

describe('days and months of a moment, in UTC', () => {
  test.each([
    { moment: '2026-11-23T00:00:00.000Z', day: '2026-11-23', month: '2026-11', next: '2026-12-01' },
    { moment: '2026-11-23T23:59:59.999Z', day: '2026-11-23', month: '2026-11', next: '2026-12-01' },
    { moment: '2026-12-31T23:59:59.999Z', day: '2026-12-31', month: '2026-12', next: '2027-01-01' },
    { moment: '2028-02-29T06:00:00.000Z', day: '2028-02-29', month: '2028-02', next: '2028-03-01' },
    { moment: '1970-01-01T00:00:00.000Z', day: '1970-01-01', month: '1970-01', next: '1970-02-01' },
  ])('$moment', ({ moment, day, month, next }) => {
    const instant = Date.parse(moment);
    expect(toIso(instant)).toBe(moment);
    expect(dayOf(instant)).toBe(day);
    expect(monthOf(instant)).toBe(month);
    expect(toIso(startOfNextMonth(instant))).toBe(`${next}T00:00:00.000Z`);
    expect(toIso(startOfDay(day))).toBe(`${day}T00:00:00.000Z`);
  });
});
