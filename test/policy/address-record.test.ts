import { describe, expect, test } from '@jest/globals';
import {
  type AddressRecord,
  KEPT_BOUNCES,
  recordBounce,
  withAddress,
  withMoreSpellings,
} from '../../lib/policy/address-record.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { dayOf, startOfDay } from '../../lib/policy/time.ts';
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
  type ReportContext,
} from './builders.ts';

function record(
  bounces: readonly Bounce[],
  context: ReportContext = {},
  before: AddressRecord = aRecord(),
): AddressRecord {
  return afterBounces(bounces, context, { record: before, status: aStatus() }).record;
}

function feedbackIds({ bounces }: AddressRecord): string[] {
  return bounces.map(({ feedbackId }) => feedbackId);
}

describe('the record of an address', () => {
  test('keeps address, evidence, facts and the suppression of its first hard bounce', () => {
    const bounce = aBounce({ status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 refused' });
    expect(record([bounce])).toMatchObject({
      account: ACCOUNT,
      address: ADDRESS,
      bounces: [bounce],
      suppression: {
        suppressedAt: NOW,
        policyVersion: POLICY.version,
        standing: [{ key: 'policy', rule: 'B7', until: null, status: '5.7.1', campaign: 'spring' }],
      },
    });
  });

  test('a soft bounce is kept for the audit and suppresses nothing', () => {
    const soft = aBounce({ key: 'throttled', permanence: 'transient' });
    expect(record([soft])).toMatchObject({ bounces: [soft], suppression: null });
  });

  test('a known bounce leaves the very same record', () => {
    const known = record([aBounce()]);
    const report = { address: ADDRESS, spellings: [ADDRESS], bounce: aBounce() };
    expect(recordBounce(known, report, { policy: POLICY, now: daysAfter(1) })).toBe(known);
  });

  test('a known bounce in a new spelling adds the spelling', () => {
    const known = record([aBounce()]);
    const again = record([aBounce()], { spellings: ['Ada@example.com'] }, known);
    expect(again).toEqual({ ...known, spellings: ['Ada@example.com', ADDRESS] });
  });

  test('a hard bounce that is too old to be kept suppresses all the same', () => {
    const soft = Array.from({ length: KEPT_BOUNCES }, (_, day) =>
      aBounce({ key: 'throttled', permanence: 'transient', sentAt: daysAfter(-day) }),
    );
    const known = record(soft);
    const late = record([aBounce({ sentAt: daysAfter(-40) })], {}, known);
    expect(late.bounces).toEqual(known.bounces);
    expect(late.suppression?.standing).toMatchObject([{ key: 'policy' }]);
  });
});

describe('the bounces that are kept', () => {
  const twelve = Array.from({ length: 12 }, (_, day) =>
    aBounce({ sentAt: daysAfter(-day), feedbackId: `f${String(day).padStart(2, '0')}` }),
  );
  const newestTen = twelve.slice(0, KEPT_BOUNCES).map(({ feedbackId }) => feedbackId);

  test('are the ten that happened last, newest first, in whatever order they came', () => {
    expect(feedbackIds(record(twelve))).toEqual(newestTen);
    expect(feedbackIds(record(twelve.toReversed()))).toEqual(newestTen);
  });

  test('count two reasons told by one notification as two', () => {
    const twins = [aBounce({ key: 'policy' }), aBounce({ key: 'spam' })];
    expect(record(twins).bounces.map(({ key }) => key)).toEqual(['policy', 'spam']);
    expect(record(twins.toReversed()).bounces).toEqual(record(twins).bounces);
  });

  test('of one moment are kept apart by their feedback ids, the greater first', () => {
    const twins = ['a', 'b'].map((feedbackId) => aBounce({ feedbackId }));
    expect(feedbackIds(record(twins))).toEqual(['b', 'a']);
    expect(feedbackIds(record(twins.toReversed()))).toEqual(['b', 'a']);
  });

  test('hold of two tellings the one that names its campaign', () => {
    const untagged = aBounce({ campaign: 'untagged-2026-11-23' });
    expect(record([untagged, aBounce()]).bounces).toEqual([aBounce()]);
    expect(record([aBounce(), untagged]).bounces).toEqual([aBounce()]);
  });

  test('have those without a time at their end', () => {
    const undated = aBounce({ sentAt: null, feedbackId: 'undated' });
    expect(feedbackIds(record([undated, ...twelve.slice(0, 2)]))).toEqual(['f00', 'f01', 'undated']);
  });
});

describe('the spellings that are kept', () => {
  test('are the same five in whatever order they came', () => {
    const seven = ['g', 'a', 'F', 'b', 'e', 'C', 'd'].map((local) => `${local}@example.com`);
    const forwards = record([aBounce()], { spellings: seven });
    const backwards = record([aBounce()], { spellings: seven.toReversed() });
    expect(forwards.spellings).toHaveLength(5);
    expect(backwards.spellings).toEqual(forwards.spellings);
  });

  test('grow by those that are new; known ones leave the very same record', () => {
    const one = aRecord({ spellings: ['Ada@example.com'] });
    const two = withMoreSpellings(one, [ADDRESS, 'Ada@example.com']);
    expect(two).toEqual({ ...one, spellings: ['Ada@example.com', ADDRESS] });
    expect(withMoreSpellings(two, [ADDRESS])).toBe(two);
  });
});

describe('the readable address', () => {
  const named = { address: ADDRESS, spellings: ['Ada@example.com'] };

  test('is written where there is none, with its spelling', () => {
    expect(withAddress(aRecord(), named)).toEqual(aRecord(named));
  });

  test.each([
    { title: 'there is one', record: aRecord({ address: 'byron@example.com' }) },
    { title: 'the person was erased', record: aRecord({ erasedAt: NOW }) },
  ])('stays as it is where $title', ({ record }) => {
    expect(withAddress(record, named)).toBe(record);
  });

  test('comes with a bounce that is told again', () => {
    const unnamed = { ...record([aBounce()]), address: null };
    expect(record([aBounce()], {}, unnamed).address).toBe(ADDRESS);
  });
});

describe('the moment of a suppression', () => {
  const strikes = [-15, -8, -1].map((day) =>
    aBounce({ key: 'dns_failure', permanence: 'transient', sentAt: daysAfter(day) }),
  );
  const first = record(strikes);
  const until = daysAfter(30, startOfDay(dayOf(daysAfter(-1))));

  test('stays when another reason is added while it stands', () => {
    const later = record([aBounce()], { now: hoursAfter(1) }, first);
    expect(later.suppression).toMatchObject({
      suppressedAt: NOW,
      standing: [{ key: 'policy' }, { key: 'dns_failure' }],
    });
  });

  test('is a new one when the suppression before has ended', () => {
    const again = record([aBounce({ sentAt: until })], { now: daysAfter(1, until) }, first);
    expect(again.suppression).toMatchObject({
      suppressedAt: daysAfter(1, until),
      standing: [{ key: 'policy' }],
    });
  });

  test('goes when a later bounce finds that the suppression has ended', () => {
    const soft = aBounce({ key: 'throttled', permanence: 'transient', sentAt: until });
    expect(record([soft], { now: until }, first).suppression).toBeNull();
  });

  test('comes with the rule set that decided', () => {
    const policy = loadPolicy([{ reason: 'spam', transient: 'hard' }]);
    expect(record([aBounce()], { policy }).suppression?.policyVersion).toBe(policy.version);
  });
});

describe('after an erasure', () => {
  const erased = aRecord({ erasedAt: NOW });

  test.each([
    { title: 'sent before it', sentAt: hoursAfter(-1) },
    { title: 'sent in its very moment', sentAt: NOW },
    { title: 'sent nobody knows when', sentAt: null },
  ])('mail $title writes no text, and suppresses all the same', ({ sentAt }) => {
    const bounce = aBounce({ sentAt, diagnostic: 'ada is unknown' });
    const after = record([bounce], { spellings: ['Ada@example.com'], now: hoursAfter(1) }, erased);
    expect(after).toMatchObject({
      address: null,
      spellings: [],
      bounces: [{ ...bounce, diagnostic: null }],
      suppression: { standing: [{ key: 'policy' }] },
    });
  });

  test('mail sent after it writes the address and the diagnostic again', () => {
    const bounce = aBounce({ sentAt: hoursAfter(1), diagnostic: 'ada is unknown' });
    const after = record([bounce], { now: hoursAfter(2) }, erased);
    expect(after).toMatchObject({ address: ADDRESS, spellings: [ADDRESS], bounces: [bounce] });
  });

  test('a replay leaves the very same record', () => {
    const bounce = aBounce({ diagnostic: 'ada is unknown' });
    const once = record([bounce], {}, erased);
    expect(record([bounce], {}, once)).toBe(once);
  });
});
