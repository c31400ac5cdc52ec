import { describe, expect, test } from '@jest/globals';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { compareTellings } from '../../lib/policy/bounce-order.ts';
import { aBounce, daysAfter } from './builders.ts';

describe('two tellings of one bounce', () => {
  const telling = aBounce();

  test.each<Partial<Bounce>>([
    { campaign: 'autumn' },
    { status: '5.7.0' },
    { bouncedAt: daysAfter(-1) },
    { sentAt: daysAfter(-1) },
    { permanence: 'transient' },
    { classifiedBy: 'S2' },
    { messageId: 'another' },
    { bounceType: 'Undetermined' },
    { bounceSubType: 'Undetermined' },
    { diagnostic: 'smtp; 550 5.7.1 rejected' },
  ])('that differ in %j have an order', (change) => {
    const other = { ...telling, ...change };
    expect(other).not.toEqual(telling);
    expect(compareTellings(telling, other)).not.toBe(0);
    expect(compareTellings(telling, other)).toBe(-compareTellings(other, telling));
  });

  test('that say the same have none', () => {
    expect(compareTellings(telling, { ...telling })).toBe(0);
  });
});
