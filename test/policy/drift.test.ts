import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AddressRecord, Suppression } from '../../lib/policy/address-record.ts';
import type { AddressSnapshot, StandingMark } from '../../lib/policy/address-status.ts';
import { type AddressDrift, driftOf, withoutDrift } from '../../lib/policy/drift.ts';
import { unbounceFacts } from '../../lib/policy/facts.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { standingOf, unexpired } from '../../lib/policy/standing.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import { bouncesSent, RUNS } from './arbitraries.ts';
import {
  ACCOUNT,
  aBounce,
  afterBounces,
  aRecord,
  aRequest,
  aSnapshot,
  aStatus,
  daysAfter,
  granted,
  hoursAfter,
  NOW,
  POLICY,
  type ReportContext,
} from './builders.ts';

const CONTEXT = { policy: POLICY, now: NOW };
const HARD = [aBounce()];
const STRIKES = [-20, -10, -1].map((day) =>
  aBounce({ key: 'mailbox_full', permanence: 'transient', sentAt: daysAfter(day) }),
);
const STRICTER = loadPolicy([
  { reason: 'mailbox_full', transient: { strikes: 2, overDays: 1 }, permanent: 'hard' },
]);
const MILDER = loadPolicy([
  { reason: 'mailbox_full', transient: { strikes: 9, overDays: 1 }, permanent: 'hard' },
]);

/** What recording makes of these bounces, with something changed behind its back. */
function broken(
  bounces: Parameters<typeof afterBounces>[0],
  change: (before: AddressSnapshot) => Partial<AddressSnapshot>,
  context: ReportContext = {},
): AddressSnapshot {
  const { record, status } = afterBounces(bounces, context);
  const stored = { record: { ...record, version: 1 }, status: { ...status, version: 1 } };
  return { ...stored, ...change(stored) };
}

const suppressedBy = (marks: readonly StandingMark[]) =>
  new Map(marks.length === 0 ? [] : [[ACCOUNT, marks]]);

/** The account's item with this instead of its suppression. */
const holding =
  (change: (suppression: Suppression) => Suppression | null) =>
  ({ record }: AddressSnapshot): Partial<AddressSnapshot> => ({
    record: { ...record, suppression: record.suppression && change(record.suppression) },
  });

/** The status item with this instead of what it holds for the account. */
const mirroring =
  (change: (marks: readonly StandingMark[]) => readonly StandingMark[]) =>
  ({ status }: AddressSnapshot): Partial<AddressSnapshot> => ({
    status: { ...status, suppressedBy: suppressedBy(change(status.suppressedBy.get(ACCOUNT) ?? [])) },
  });

const UNFOUNDED: StandingMark = { key: 'spam', rule: 'B6', until: null };
const EVIDENCE = { sentAt: NOW, bouncedAt: NOW, feedbackId: 'f', status: null, campaign: null };

describe('drift is', () => {
  test.each<[string, AddressSnapshot, readonly AddressDrift[]]>([
    ['none, of an address of which nothing is known', broken([], () => ({ record: aRecord() })), []],
    ['none, of a hard bounce', broken(HARD, () => ({})), []],
    ['none, of strikes', broken(STRIKES, () => ({})), []],
    [
      'a suppression that the item lost',
      broken(
        HARD,
        holding(() => null),
      ),
      ['suppression_missing'],
    ],
    [
      'a suppression by strikes that the item lost',
      broken(
        STRIKES,
        holding(() => null),
      ),
      ['suppression_missing'],
    ],
    [
      'a suppression that both items lost',
      broken(HARD, ({ record }) => ({ record: { ...record, suppression: null }, status: aStatus() })),
      ['suppression_missing', 'status_missing'],
    ],
    [
      'a suppression for which there is no fact',
      broken(HARD, ({ record }) => ({ record: { ...record, facts: unbounceFacts(record.facts, NOW) } })),
      ['suppression_unfounded', 'status_unfounded'],
    ],
    [
      'a reason for which there is no fact',
      broken(
        HARD,
        holding((suppression) => ({
          ...suppression,
          standing: [...suppression.standing, { ...UNFOUNDED, ...EVIDENCE }],
        })),
      ),
      ['suppression_unfounded'],
    ],
    [
      'another end',
      broken(
        STRIKES,
        holding((suppression) => ({
          ...suppression,
          standing: suppression.standing.map((one) => ({ ...one, until: (one.until ?? 0) + 1 })),
        })),
      ),
      ['suppression_differs'],
    ],
    ...Object.entries({
      rule: 'B1',
      sentAt: NOW,
      bouncedAt: NOW,
      feedbackId: 'another',
      status: '5.9.9',
      campaign: 'another',
    }).map(([member, value]): [string, AddressSnapshot, readonly AddressDrift[]] => [
      `another ${member}`,
      broken(
        HARD,
        holding((suppression) => ({
          ...suppression,
          standing: suppression.standing.map((one) => ({ ...one, [member]: value })),
        })),
      ),
      ['suppression_differs'],
    ]),
    [
      'a status that lost the suppression',
      broken(
        HARD,
        mirroring(() => []),
      ),
      ['status_missing'],
    ],
    [
      'a status that lost one of two reasons',
      broken(
        [...HARD, ...STRIKES],
        mirroring(([first]) => (first === undefined ? [] : [first])),
      ),
      ['status_missing'],
    ],
    [
      'a status with a reason more',
      broken(
        HARD,
        mirroring((marks) => [...marks, UNFOUNDED]),
      ),
      ['status_unfounded'],
    ],
    [
      'a status that blocks what may be sent to',
      broken(
        [aBounce({ key: 'throttled' })],
        mirroring(() => [UNFOUNDED]),
      ),
      ['status_unfounded'],
    ],
    [
      'a status with another rule',
      broken(
        HARD,
        mirroring((marks) => marks.map((mark) => ({ ...mark, rule: 'B1' }))),
      ),
      ['status_differs'],
    ],
    [
      'a status that ends it earlier',
      broken(
        STRIKES,
        mirroring((marks) => marks.map((mark) => ({ ...mark, until: NOW + 1 }))),
      ),
      ['status_differs'],
    ],
    [
      'a status in another order',
      broken(
        [...HARD, ...STRIKES],
        mirroring((marks) => marks.toReversed()),
      ),
      ['status_differs'],
    ],
    [
      'a status that blocks for an account without an item',
      broken(HARD, () => ({ record: aRecord() })),
      ['status_without_record'],
    ],
  ])('%s', (_, snapshot, drifts) => {
    expect(driftOf(snapshot, CONTEXT)).toEqual(drifts);
  });

  test('none, of a status without names while a global bounce blocks for all', () => {
    const declared = { declaredAt: NOW, rule: 'G1' };
    const snapshot = broken(HARD, () => ({ status: aStatus({ global: declared }) }));
    expect(driftOf(snapshot, CONTEXT)).toEqual([]);
    const lost = broken(HARD, ({ record }) => ({
      record: { ...record, suppression: null },
      status: aStatus({ global: declared }),
    }));
    expect(driftOf(lost, CONTEXT)).toEqual(['suppression_missing']);
    expect(withoutDrift(lost, CONTEXT).status).toBe(lost.status);
  });

  test.each<[string, AddressSnapshot]>([
    ['a suppression that has ended and still stands in both items', broken(STRIKES, () => ({}))],
    [
      'one that still stands in the account item only',
      broken(
        STRIKES,
        mirroring(() => []),
      ),
    ],
    [
      'one that still stands in the status only',
      broken(
        STRIKES,
        holding(() => null),
      ),
    ],
    ['one without an account item', broken(STRIKES, () => ({ record: aRecord() }))],
  ])('none, of %s', (_, snapshot) => {
    expect(driftOf(snapshot, { policy: POLICY, now: daysAfter(90) })).toEqual([]);
  });

  test.each([
    ['blocked for an hour', hoursAfter(-0.5), ['status_missing']],
    ['sent to again after it', hoursAfter(2), []],
  ])('told of the simulator, which is %s', (_, now, drifts) => {
    const bounce = aBounce({ sentAt: hoursAfter(-1) });
    const recorded = { address: 'bounce@simulator.amazonses.com', now: hoursAfter(-0.9) };
    const snapshot = broken(
      [bounce],
      mirroring(() => []),
      recorded,
    );
    const erased = { ...snapshot, record: { ...snapshot.record, address: null } };
    expect(driftOf(snapshot, { policy: POLICY, now })).toEqual(drifts);
    expect(driftOf(erased, { policy: POLICY, now })).toEqual(drifts);
  });
});

describe('of an erased address drift is', () => {
  const erasing = (change: (record: AddressRecord) => AddressRecord) =>
    broken(HARD, ({ record }) => ({ record: change({ ...record, address: null }) }));

  test.each<[string, AddressSnapshot, readonly AddressDrift[]]>([
    ['none', erasing((record) => record), []],
    [
      'a suppression that the item lost',
      erasing((record) => ({ ...record, suppression: null })),
      ['suppression_missing'],
    ],
  ])('%s', (_, snapshot, drifts) => {
    expect(driftOf(snapshot, CONTEXT)).toEqual(drifts);
  });
});

describe('of the mailbox simulator', () => {
  const recorded = { address: 'bounce@simulator.amazonses.com', now: hoursAfter(-0.9) };
  const BLOCK = [aBounce({ sentAt: hoursAfter(-1) })];

  test('it is no drift that a block is gone which has ended', () => {
    const lost = broken(BLOCK, ({ record }) => ({ record: { ...record, suppression: null } }), recorded);
    expect(driftOf({ ...lost, status: aStatus() }, { policy: POLICY, now: hoursAfter(2) })).toEqual([]);
  });

  test('a block without a fact is drift under every rule set', () => {
    const unfounded = broken(
      BLOCK,
      ({ record }) => ({ record: { ...record, facts: { ...record.facts, hard: {} } } }),
      recorded,
    );
    expect(driftOf(unfounded, { policy: MILDER, now: hoursAfter(-0.5) })).toContain('suppression_unfounded');
  });
});

describe('what another rule set decided', () => {
  test('about strikes is no drift', () => {
    const snapshot = broken(STRIKES, () => ({}));
    expect(driftOf(snapshot, { policy: MILDER, now: NOW })).toEqual([]);
    const under = broken([...HARD, ...STRIKES.slice(1)], () => ({}));
    expect(driftOf(under, { policy: STRICTER, now: NOW })).toEqual([]);
  });

  test.each<[string, AddressSnapshot, AddressDrift]>([
    [
      'a hard bounce that the item lost',
      broken(
        [...HARD, ...STRIKES],
        holding((suppression) => ({
          ...suppression,
          standing: suppression.standing.filter(({ until }) => until !== null),
        })),
      ),
      'suppression_missing',
    ],
    [
      'a hard bounce that nobody reported',
      broken(HARD, ({ record }) => ({ record: { ...record, facts: { ...record.facts, hard: {} } } })),
      'suppression_unfounded',
    ],
    [
      'a status that lost it',
      broken(
        HARD,
        mirroring(() => []),
      ),
      'status_missing',
    ],
  ])('is drift as far as no rule set can say otherwise: %s', (_, snapshot, drift) => {
    expect(driftOf(snapshot, { policy: MILDER, now: NOW })).toContain(drift);
  });
});

describe('a repair', () => {
  test('leaves an address alone that has no drift', () => {
    const snapshot = broken([...HARD, ...STRIKES], () => ({}));
    expect(withoutDrift(snapshot, CONTEXT)).toBe(snapshot);
  });

  test('keeps a block whose facts are lost', () => {
    const snapshot = broken(HARD, () => ({ record: aRecord() }));
    expect(withoutDrift(snapshot, CONTEXT)).toBe(snapshot);
  });

  test('keeps since when the address is suppressed, and starts anew what was lost', () => {
    const later = { policy: POLICY, now: hoursAfter(1) };
    const unmirrored = broken(
      HARD,
      mirroring(() => []),
    );
    expect(withoutDrift(unmirrored, later).record).toBe(unmirrored.record);
    const lost = broken(
      HARD,
      holding(() => null),
    );
    expect(withoutDrift(lost, later).record.suppression?.suppressedAt).toBe(later.now);
  });

  test('keeps what the status holds for others', () => {
    const marks = [UNFOUNDED];
    const snapshot = broken(HARD, ({ status }) => ({
      status: { ...status, suppressedBy: new Map([['other', marks]]) },
    }));
    expect(withoutDrift(snapshot, CONTEXT).status.suppressedBy).toEqual(
      new Map([
        ['other', marks],
        [ACCOUNT, [{ key: 'policy', rule: 'B7', until: null }]],
      ]),
    );
  });
});

describe('whatever bounces came', () => {
  const bounces = fc.array(bouncesSent({ fromDay: -200, toDay: -5 }), { maxLength: 12 });
  const moments = fc.integer({ min: 0, max: 200 }).map((days) => daysAfter(days));

  test('recording leaves no drift, at any later time', () => {
    fc.assert(
      fc.property(bounces, moments, (some, now) => {
        expect(
          driftOf(
            broken(some, () => ({})),
            { policy: POLICY, now },
          ),
        ).toEqual([]);
      }),
      RUNS,
    );
  });

  test('an unbounce leaves none either', () => {
    fc.assert(
      fc.property(bounces, moments, (more, now) => {
        const { record, status } = granted(
          decideUnbounce(aRequest(), aSnapshot(), {
            policy: POLICY,
            receivedAt: NOW,
            now: NOW,
            asksSes: false,
          }),
        );
        const seen = { record: { ...record.after, version: 2 }, status: status.after };
        const after = afterBounces(more, {}, seen);
        expect(driftOf(after, { policy: POLICY, now })).toEqual([]);
      }),
      RUNS,
    );
  });

  test('a repair leaves none, and the filter then answers by the facts', () => {
    const marks = fc.uniqueArray(
      fc.constantFrom(UNFOUNDED, { key: 'policy', rule: 'B7', until: null } as const),
      {
        maxLength: 2,
      },
    );
    fc.assert(
      fc.property(bounces, fc.option(marks), fc.boolean(), moments, (some, held, isLost, now) => {
        const snapshot = broken(some, (before) => ({
          ...(isLost && holding(() => null)(before)),
          ...(held !== null && mirroring(() => held)(before)),
        }));
        const repaired = withoutDrift(snapshot, { policy: POLICY, now });
        expect(driftOf(repaired, { policy: POLICY, now })).toEqual([]);
        const standing = standingOf(snapshot.record.facts, { policy: POLICY, now, isSimulator: false });
        expect(unexpired(repaired.status.suppressedBy.get(ACCOUNT) ?? [], now)).toEqual(
          standing.map(({ key, rule, until }) => ({ key, rule, until })),
        );
      }),
      RUNS,
    );
  });
});
