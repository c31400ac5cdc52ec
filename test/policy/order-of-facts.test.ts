import { describe, expect, test } from '@jest/globals';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { compareTellings } from '../../lib/policy/bounce-order.ts';
import { addBounce, type Facts, NO_FACTS, releaseFacts } from '../../lib/policy/facts.ts';
import { standingOf } from '../../lib/policy/standing.ts';
import { HOUR_IN_MS } from '../../lib/policy/time.ts';
import { aBounce, daysAfter, hoursAfter, NOW, POLICY } from './builders.ts';

const CONTEXT = { policy: POLICY, now: NOW };
const ASKED = { ...CONTEXT, isSimulator: false };

function told(...bounces: readonly Bounce[]): Facts {
  return bounces.reduce((facts, bounce) => addBounce(facts, bounce, CONTEXT), NO_FACTS);
}

function strike(sentAt: number, messageId: string | null = 'm1', bouncedAt = sentAt): Bounce {
  return aBounce({ key: 'mailbox_full', permanence: 'transient', sentAt, bouncedAt, messageId });
}

describe('of the mails of one strike day the one that was sent last stays', () => {
  const [early, late] = [hoursAfter(-4), hoursAfter(-3)];
  test.each([
    ['the later one', strike(early, 'm2'), strike(late, 'm1'), { sentAt: late, messageId: 'm1' }],
    [
      'of two at once the greater id',
      strike(late, 'm1'),
      strike(late, 'm2'),
      { sentAt: late, messageId: 'm2' },
    ],
  ])('%s', (_, lesser, greater, kept) => {
    for (const facts of [told(lesser, greater), told(greater, lesser)]) {
      expect(facts.strikes).toEqual({ mailbox_full: { '2026-11-23': kept } });
    }
    const facts = told(greater);
    expect(addBounce(facts, lesser, CONTEXT)).toBe(facts);
    expect(addBounce(facts, greater, CONTEXT)).toBe(facts);
  });

  test('whose id nobody said is less than any', () => {
    expect(told(strike(late, null)).strikes).toEqual({
      mailbox_full: { '2026-11-23': { sentAt: late, messageId: '' } },
    });
  });
});

describe('a release', () => {
  const facts = { ...told(aBounce({ sentAt: hoursAfter(-3) })), unbouncedAt: hoursAfter(-9) };
  test('forgets what was sent before it and keeps the other lifts', () => {
    expect(releaseFacts(facts, hoursAfter(-1))).toEqual({
      ...NO_FACTS,
      unbouncedAt: hoursAfter(-9),
      releasedAt: hoursAfter(-1),
    });
  });

  test('leaves what was sent after it, and never takes back a later one', () => {
    const released = releaseFacts(facts, hoursAfter(-5));
    expect(released).toEqual({ ...facts, releasedAt: hoursAfter(-5) });
    expect(releaseFacts(released, hoursAfter(-7)).releasedAt).toBe(hoursAfter(-5));
    expect(releaseFacts(released, hoursAfter(-4)).releasedAt).toBe(hoursAfter(-4));
  });
});

describe('what stands by strikes', () => {
  test('says when the last of its mails was sent, and names no notification', () => {
    const days = [-20, -10, -1].map((day) => strike(daysAfter(day) - 1, 'm1', daysAfter(day)));
    expect(standingOf(told(...days), ASKED)).toMatchObject([
      { key: 'mailbox_full', rule: 'B3', sentAt: daysAfter(-1) - 1, feedbackId: '', status: null },
    ]);
  });

  test.each([
    ['enough of them too close together', [-6, -5, -4, -3]],
    ['too few of them far apart', [-40, -10]],
    ['none', []],
  ])('not %s', (_, days) => {
    expect(standingOf(told(...days.map((day) => strike(daysAfter(day)))), ASKED)).toEqual([]);
  });

  test('never of a reason that counts in none, nor of the mailbox simulator', () => {
    const days = { '2026-10-01': 1, '2026-10-20': 2, '2026-11-01': 3, '2026-11-10': 4, '2026-11-20': 5 };
    const strikes = Object.fromEntries(
      Object.entries(days).map(([day, sentAt]) => [day, { sentAt, messageId: '' }]),
    );
    expect(standingOf({ ...NO_FACTS, strikes: { policy: strikes } }, ASKED)).toEqual([]);
    const full = { ...NO_FACTS, strikes: { mailbox_full: strikes } };
    expect(standingOf(full, ASKED)).toHaveLength(1);
    expect(standingOf(full, { ...ASKED, isSimulator: true })).toEqual([]);
  });
});

describe('a block of the mailbox simulator lasts one hour', () => {
  test.each([
    ['from the bounce', { sentAt: hoursAfter(-2), bouncedAt: NOW - 60_000 }, NOW - 60_000],
    [
      'from the mail where nobody said when it bounced',
      { sentAt: NOW - 5_000, bouncedAt: null },
      NOW - 5_000,
    ],
    ['from now where the bounce is said to come', { sentAt: NOW, bouncedAt: hoursAfter(9) }, NOW],
  ])('%s', (_, times, from) => {
    expect(standingOf(told(aBounce(times)), { ...ASKED, isSimulator: true })).toMatchObject([
      { rule: 'B18', until: from + HOUR_IN_MS },
    ]);
  });
});

describe('of two tellings of one bounce the greater stays', () => {
  test.each<[string, Partial<Bounce>, Partial<Bounce>]>([
    ['the one with a campaign', { campaign: 'untagged-2026-11-23' }, { campaign: 'a' }],
    ['whatever the campaign is called', { campaign: 'untagged-2026-11-23' }, { campaign: 'an-untagged-1' }],
    ['by campaign', { campaign: 'a' }, { campaign: 'b' }],
    ['by status', { status: '4.0.0' }, { status: '5.0.0' }],
    ['by the time of the bounce', { bouncedAt: 1 }, { bouncedAt: 2 }],
    ['by the time of the mail', { sentAt: 1 }, { sentAt: 2 }],
    ['by permanence', { permanence: 'permanent' }, { permanence: 'transient' }],
    ['by the rule that read it', { classifiedBy: 'a' }, { classifiedBy: 'b' }],
    ['by the mail', { messageId: 'a' }, { messageId: 'b' }],
    ['by type', { bounceType: 'Permanent' }, { bounceType: 'Transient' }],
    ['by subtype', { bounceSubType: 'General' }, { bounceSubType: 'NoEmail' }],
    ['by words', { diagnostic: '550 a' }, { diagnostic: '550 b' }],
  ])('%s', (_, less, greater) => {
    const common = { bouncedAt: 5, ...less, ...greater };
    const [a, b] = [aBounce({ ...common, ...less }), aBounce({ ...common, ...greater })];
    expect([compareTellings(a, b), compareTellings(b, a), compareTellings(a, a)]).toEqual([-1, 1, 0]);
  });
});
