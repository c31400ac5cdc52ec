import { describe, expect, test } from '@jest/globals';
import type { Bounce } from '../../lib/policy/bounce.ts';
import {
  addBounce,
  clearStrikes,
  correctFacts,
  type Facts,
  isAfterLifts,
  NO_FACTS,
  unbounceFacts,
} from '../../lib/policy/facts.ts';
import { standingOf } from '../../lib/policy/standing.ts';
import { dayOf, type Instant } from '../../lib/policy/time.ts';
import { aBounce, daysAfter, hoursAfter, NOW, POLICY } from './builders.ts';

const CONTEXT = { policy: POLICY, now: NOW };
const LIFT = daysAfter(-10);

function factsAfter(bounces: readonly Bounce[], facts: Facts = NO_FACTS, now: Instant = NOW): Facts {
  return bounces.reduce((known, bounce) => addBounce(known, bounce, { policy: POLICY, now }), facts);
}

function standingKeys(facts: Facts, now: Instant = NOW): string[] {
  return standingOf(facts, { policy: POLICY, now, isSimulator: false }).map(({ key }) => key);
}

function aStrike(sentAt: Instant, changes: Partial<Bounce> = {}): Bounce {
  return aBounce({ key: 'timeout', permanence: 'transient', sentAt, ...changes });
}

describe('the newest hard bounce of a reason', () => {
  const older = aBounce({ sentAt: daysAfter(-3), feedbackId: 'z' });
  const newer = aBounce({ sentAt: daysAfter(-2), feedbackId: 'a' });

  test('is the one whose mail was sent last, whichever came first', () => {
    expect(factsAfter([older, newer]).hard.policy?.feedbackId).toBe('a');
    expect(factsAfter([newer, older]).hard.policy?.feedbackId).toBe('a');
  });

  test('among mails of one moment is the one with the greater feedback id', () => {
    const twin = { ...newer, feedbackId: 'b' };
    expect(factsAfter([newer, twin]).hard.policy?.feedbackId).toBe('b');
    expect(factsAfter([twin, newer]).hard.policy?.feedbackId).toBe('b');
  });

  test('told twice is the telling that names its campaign', () => {
    const untagged = { ...newer, campaign: 'untagged-2026-11-21' };
    expect(factsAfter([untagged, newer]).hard.policy?.campaign).toBe('spring');
    expect(factsAfter([newer, untagged]).hard.policy?.campaign).toBe('spring');
  });

  test('is kept for each reason, and for certain and shared complaints apart', () => {
    const keys = ['unknown_user', 'policy', 'complaint', 'shared_complaint'] as const;
    const facts = factsAfter(keys.map((key) => aBounce({ key })));
    expect(Object.keys(facts.hard).sort()).toEqual([...keys].sort());
  });

  test('a known, an older and a soft bounce leave the very same facts', () => {
    const facts = factsAfter([newer]);
    const soft = aBounce({ permanence: 'transient' });
    for (const bounce of [newer, older, soft]) {
      expect(addBounce(facts, bounce, CONTEXT)).toBe(facts);
    }
  });
});

describe('strike days', () => {
  test('one day is one strike, however many bounces it had', () => {
    const morning = aStrike(NOW, { messageId: 'm1' });
    const evening = aStrike(hoursAfter(6), { messageId: 'm2' });
    expect(factsAfter([evening, morning]).strikes.timeout).toEqual({
      [dayOf(NOW)]: { sentAt: hoursAfter(6), messageId: 'm2' },
    });
  });

  test('the day is that of the bounce, not that of the mail', () => {
    const overnight = aStrike(hoursAfter(-20), { bouncedAt: hoursAfter(-6) });
    expect(Object.keys(factsAfter([overnight]).strikes.timeout ?? {})).toEqual([dayOf(NOW)]);
  });

  test('a bounce without a time of its own strikes on the day of its mail', () => {
    const undated = aStrike(daysAfter(-4), { bouncedAt: null });
    expect(Object.keys(factsAfter([undated]).strikes.timeout ?? {})).toEqual([dayOf(daysAfter(-4))]);
  });

  test('days more than 180 before the newest are dropped', () => {
    const days = [-200, -181, -180, 0].map((day) => aStrike(daysAfter(day)));
    const kept = [-180, 0].map((day) => dayOf(daysAfter(day)));
    expect(Object.keys(factsAfter(days).strikes.timeout ?? {}).sort()).toEqual(kept);
    expect(Object.keys(factsAfter(days.toReversed()).strikes.timeout ?? {}).sort()).toEqual(kept);
  });

  test('a day that is too old from the start leaves the very same facts', () => {
    const facts = factsAfter([aStrike(NOW)]);
    expect(addBounce(facts, aStrike(daysAfter(-181)), CONTEXT)).toBe(facts);
  });

  test('a day far in the future does not push out the real ones', () => {
    const days = [-20, -10, 3650].map((day) => aStrike(daysAfter(day)));
    expect(Object.keys(factsAfter(days).strikes.timeout ?? {})).toHaveLength(3);
  });
});

describe('the cut-off of a lift', () => {
  test.each([
    { title: 'mail sent before it', sentAt: hoursAfter(-1, LIFT), counts: false },
    { title: 'mail sent in its very moment', sentAt: LIFT, counts: false },
    { title: 'mail sent after it', sentAt: LIFT + 1, counts: true },
    { title: 'mail that bounces without times of its own', sentAt: null, counts: false },
  ])('$title counts: $counts', ({ sentAt, counts }) => {
    for (const key of ['policy', 'shared_complaint', 'unknown_user'] as const) {
      const bounce = aBounce({ key, sentAt, bouncedAt: sentAt === null ? null : daysAfter(1, LIFT) });
      const kept = counts ? [key] : [];
      const before = unbounceFacts(factsAfter([bounce], NO_FACTS, daysAfter(2, LIFT)), LIFT);
      const after = factsAfter([bounce], unbounceFacts(NO_FACTS, LIFT));
      expect(standingKeys(before)).toEqual(kept);
      expect(after).toEqual(before);
    }
  });

  test('a bounce without times counts as long as nothing was lifted', () => {
    for (const key of ['policy', 'complaint'] as const) {
      expect(standingKeys(factsAfter([aBounce({ key, sentAt: null })]))).toEqual([key]);
    }
  });

  test('a bounce that says when it happened, but not when its mail was sent, does not count after it', () => {
    const bounce = aBounce({ sentAt: null, bouncedAt: daysAfter(1, LIFT) });
    const lifted = unbounceFacts(NO_FACTS, LIFT);
    expect(addBounce(lifted, bounce, CONTEXT)).toBe(lifted);
  });

  test('mail that is dated in the future counts as sent now, not after a lift of this moment', () => {
    const ahead = daysAfter(365);
    const strikes = [-30, -20, -10, -5, 0].map((day) => aStrike(ahead, { bouncedAt: daysAfter(day) }));
    const facts = factsAfter([aBounce({ sentAt: ahead }), ...strikes]);
    expect(standingKeys(facts)).toEqual(['policy', 'timeout']);
    expect(standingKeys(unbounceFacts(facts, NOW))).toEqual([]);
  });

  test('a certain complaint about mail sent before an unbounce still counts', () => {
    const complaint = aBounce({ key: 'complaint', sentAt: daysAfter(-1, LIFT) });
    expect(standingKeys(factsAfter([complaint], unbounceFacts(NO_FACTS, LIFT)))).toEqual(['complaint']);
    expect(standingKeys(unbounceFacts(factsAfter([complaint]), LIFT))).toEqual(['complaint']);
  });

  test('a release and a correction end even a certain complaint about earlier mail', () => {
    const complaint = aBounce({ key: 'complaint', sentAt: daysAfter(-1, LIFT) });
    const released = { ...NO_FACTS, releasedAt: LIFT };
    const corrected = { ...NO_FACTS, corrections: { complaint: LIFT } };
    expect(addBounce(released, complaint, CONTEXT)).toBe(released);
    expect(addBounce(corrected, complaint, CONTEXT)).toBe(corrected);
  });

  test('a correction ends only the reasons that it names', () => {
    const corrected: Facts = { ...NO_FACTS, corrections: { policy: LIFT } };
    const sentAt = daysAfter(-1, LIFT);
    expect(isAfterLifts(corrected, 'policy', sentAt)).toBe(false);
    expect(isAfterLifts(corrected, 'spam', sentAt)).toBe(true);
  });

  test('a correction of an older time leaves a newer one as it is', () => {
    const corrected = correctFacts(NO_FACTS, ['policy', 'spam'], LIFT);
    expect(correctFacts(corrected, ['policy'], daysAfter(-1, LIFT))).toEqual(corrected);
    expect(correctFacts(corrected, ['policy'], daysAfter(1, LIFT)).corrections).toEqual({
      policy: daysAfter(1, LIFT),
      spam: LIFT,
    });
  });

  test('strikes of mail sent before an unbounce are forgotten, later ones are counted', () => {
    const days = [-14, -12, -9, -8].map((day) => aStrike(daysAfter(day)));
    const facts = unbounceFacts(factsAfter(days), LIFT);
    expect(Object.keys(facts.strikes.timeout ?? {})).toEqual([-9, -8].map((day) => dayOf(daysAfter(day))));
    expect(unbounceFacts(factsAfter(days.slice(0, 2)), LIFT).strikes).toEqual({});
  });
});

describe('a delivery', () => {
  const facts = factsAfter([
    aStrike(daysAfter(-3), { messageId: 'm1' }),
    aStrike(daysAfter(-2), { messageId: 'm2' }),
    aStrike(NOW, { messageId: 'm3' }),
    aStrike(daysAfter(-2), { key: 'mailbox_full', messageId: 'm4' }),
  ]);

  test('clears the strikes of earlier days, whatever their reason, but those of its own message', () => {
    const cleared = clearStrikes(facts, { deliveredAt: NOW, messageId: 'm2' });
    expect(Object.keys(cleared.strikes)).toEqual(['timeout']);
    expect(Object.keys(cleared.strikes.timeout ?? {}).sort()).toEqual(
      [-2, 0].map((day) => dayOf(daysAfter(day))),
    );
  });

  test('leaves hard bounces alone', () => {
    const both = factsAfter([aBounce({ sentAt: daysAfter(-5) })], facts);
    const cleared = clearStrikes(both, { deliveredAt: NOW, messageId: null });
    expect(cleared.hard).toEqual(both.hard);
  });

  test('with nothing to clear leaves the very same facts', () => {
    expect(clearStrikes(facts, { deliveredAt: daysAfter(-3), messageId: 'm9' })).toBe(facts);
    expect(clearStrikes(NO_FACTS, { deliveredAt: NOW, messageId: null })).toBe(NO_FACTS);
  });
});
