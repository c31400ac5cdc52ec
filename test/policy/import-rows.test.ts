import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEvent } from '../../lib/policy/address-event.ts';
import { withSuppression } from '../../lib/policy/address-record.ts';
import { type AddressSnapshot, withRecord } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { reportDaysOf } from '../../lib/policy/dead-report.ts';
import { eraseRecord, eraseStatus } from '../../lib/policy/erasure.ts';
import { releaseFacts, unbounceFacts } from '../../lib/policy/facts.ts';
import { type BounceOutcome, importRows } from '../../lib/policy/import-rows.ts';
import { type ImportedTelling, importedBounce } from '../../lib/policy/imported-bounce.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { bouncesSent, RUNS, SEED } from './arbitraries.ts';
import { ADDRESS, aBounce, aRecord, aStatus, daysAfter, NOW, POLICY } from './builders.ts';

const CONTEXT = { policy: POLICY, now: NOW };
const NOTHING: AddressSnapshot = { record: aRecord(), status: aStatus() };

function aRow(changes: Partial<ImportedTelling> = {}): Bounce {
  return importedBounce({
    key: 'policy',
    permanence: 'permanent',
    classifiedBy: 'test',
    status: null,
    diagnostic: null,
    bouncedAt: daysAfter(-100),
    ...changes,
  });
}

function imported(rows: readonly Bounce[], before = NOTHING, address = ADDRESS) {
  const reports = rows.map((bounce) => ({ address, spellings: [address], bounce }));
  return importRows(before, reports, CONTEXT);
}

function bounced(bounce: Bounce, before = NOTHING): AddressSnapshot {
  const event = { kind: 'bounce', address: ADDRESS, spellings: [ADDRESS], bounce } as const;
  return applyEvent(before, event, { ...CONTEXT, asksSes: true });
}

function lifted({ record, status }: AddressSnapshot, at: Instant, by: typeof unbounceFacts): AddressSnapshot {
  const next = withSuppression(
    { ...record, facts: by(record.facts, at) },
    { ...CONTEXT, isSimulator: false },
  );
  return { record: next, status: withRecord(status, next) };
}

describe('the outcome of a row', () => {
  const known = imported([aRow()]).snapshot;
  const unbounced = lifted(known, daysAfter(-50), unbounceFacts);
  const released = lifted(known, daysAfter(-50), releaseFacts);
  const strikeDays = [-30, -20, -10].map((day) =>
    aRow({ key: 'mailbox_full', permanence: 'transient', bouncedAt: daysAfter(day) }),
  );

  test.each<[string, Bounce, AddressSnapshot, BounceOutcome]>([
    ['a hard reason', aRow(), NOTHING, 'suppressed'],
    ['a complaint', aRow({ key: 'complaint' }), NOTHING, 'suppressed'],
    ['without a date', aRow({ bouncedAt: null }), NOTHING, 'suppressed'],
    ['the same again', aRow(), known, 'nothing_new'],
    ['another reason', aRow({ key: 'unknown_user' }), known, 'already_suppressed'],
    ['what SES told', aRow(), bounced(aBounce()), 'already_suppressed'],
    ['a soft reason', aRow({ key: 'reputation' }), NOTHING, 'soft_reason'],
    ['a reason that is soft where it passes', aRow({ permanence: 'transient' }), NOTHING, 'soft_reason'],
    ['a first strike', aRow({ key: 'timeout' }), NOTHING, 'strike'],
    ['the last strike', strikeDays[2] ?? aRow(), imported(strikeDays.slice(0, 2)).snapshot, 'suppressed'],
    ['older than an unbounce', aRow({ bouncedAt: daysAfter(-60) }), unbounced, 'lifted_before'],
    ['without a date, after an unbounce', aRow({ bouncedAt: null }), unbounced, 'lifted_before'],
    ['newer than an unbounce', aRow({ bouncedAt: daysAfter(-40) }), unbounced, 'suppressed'],
    [
      'a complaint, older than an unbounce',
      aRow({ key: 'complaint', bouncedAt: daysAfter(-60) }),
      unbounced,
      'suppressed',
    ],
    [
      'a complaint, older than a release',
      aRow({ key: 'complaint', bouncedAt: daysAfter(-60) }),
      released,
      'lifted_before',
    ],
  ])('%s', (_what, row, before, outcome) => {
    const { outcomes, snapshot } = imported([row], before);
    expect(outcomes).toEqual([outcome]);
    expect(snapshot.status.suppressedBy.has('acme')).toBe(/suppressed|nothing_new/.test(outcome));
  });

  test('of an address of the simulator is ended after an hour', () => {
    const address = 'bounce@simulator.amazonses.com';
    expect(imported([aRow()], NOTHING, address).outcomes).toEqual(['ended']);
    expect(imported([aRow({ bouncedAt: NOW - 1 })], NOTHING, address).outcomes).toEqual(['suppressed']);
  });

  test('names what an earlier row says too', () => {
    expect(imported([aRow(), aRow(), aRow({ key: 'complaint' }), aRow()]).outcomes).toEqual([
      'suppressed',
      'duplicate',
      'already_suppressed',
      'duplicate',
    ]);
  });
});

test('B1: an import reports nobody dead to other accounts', () => {
  const row = aRow({ key: 'unknown_user', bouncedAt: daysAfter(-1) });
  const { record, status } = imported([row]).snapshot;
  expect(record.suppression?.standing).toMatchObject([{ key: 'unknown_user', rule: 'B1' }]);
  expect(status.deadReports.size).toBe(0);
  expect(reportDaysOf(record, status, POLICY)).toEqual([]);

  const reported = bounced(aBounce({ key: 'unknown_user' }), { record, status });
  expect([...reported.status.deadReports.keys()]).toEqual(['acme']);
});

test('an import asks SES for nothing, whatever its reason', () => {
  const rows = REASONS.map((key) => aRow({ key }));
  expect(imported(rows).snapshot.status.ses).toEqual({});
});

test('an erasure holds: a row that is older writes no text, a newer one does', () => {
  const row = aRow({ diagnostic: '550 ada@example.com refused', bouncedAt: daysAfter(-60) });
  const { record, status } = imported([row]).snapshot;
  const erasedAt = daysAfter(-50);
  const erased = { record: eraseRecord(record, erasedAt), status: { ...status, erasedAt } };
  expect(
    imported([row, aRow({ bouncedAt: null, diagnostic: 'ada@example.com' })], erased).snapshot.record,
  ).toMatchObject({
    address: null,
    spellings: [],
    bounces: [{ diagnostic: null }, { diagnostic: null }],
  });
  const later = imported([{ ...row, sentAt: NOW, bouncedAt: NOW }], erased).snapshot.record;
  expect(later).toMatchObject({ address: ADDRESS, bounces: [{ diagnostic: row.diagnostic }, {}] });
});

describe(`any order and any repetition end the same (seed ${SEED})`, () => {
  const rows: fc.Arbitrary<Bounce> = fc
    .record({
      key: fc.constantFrom(...REASONS),
      permanence: fc.constantFrom('permanent' as const, 'transient' as const),
      status: fc.constantFrom(null, '5.1.1'),
      diagnostic: fc.constantFrom(null, '550 no'),
      bouncedAt: fc.constantFrom(null, ...[-150, -40, -20, -3].map((day) => daysAfter(day))),
    })
    .map(aRow);
  type Told = { readonly kind: 'row' | 'bounce'; readonly bounce: Bounce };
  const told: fc.Arbitrary<Told> = fc.oneof(
    fc.record({ kind: fc.constant('row' as const), bounce: rows }),
    fc.record({ kind: fc.constant('bounce' as const), bounce: bouncesSent({ fromDay: -60, toDay: 0 }) }),
  );

  const afterAllOf = (all: readonly Told[], before: AddressSnapshot) =>
    all.reduce(
      (snapshot, { kind, bounce }) =>
        kind === 'row' ? imported([bounce], snapshot).snapshot : bounced(bounce, snapshot),
      before,
    );
  const stateOf = ({ record, status }: AddressSnapshot) => ({
    facts: record.facts,
    standing: record.suppression?.standing ?? [],
    bounces: record.bounces,
    address: record.address,
    spellings: record.spellings,
    suppressedBy: status.suppressedBy,
    deadReports: status.deadReports,
  });
  const at = daysAfter(-30);
  const erased = ({ record, status }: AddressSnapshot): AddressSnapshot => ({
    record: eraseRecord(record, at),
    status: eraseStatus(status, at),
  });
  const turns = fc.constantFrom(
    (snapshot: AddressSnapshot) => snapshot,
    (snapshot: AddressSnapshot) => lifted(snapshot, at, unbounceFacts),
    (snapshot: AddressSnapshot) => lifted(snapshot, at, releaseFacts),
    erased,
  );
  const several = fc.array(told, { minLength: 1, maxLength: 8 });
  const shuffled = <T>(all: readonly T[]) =>
    fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });

  test('order: imports and bounces, shuffled and doubled, told before a lift or an erasure and again after it', () => {
    const histories = fc.tuple(several, several).chain(([first, second]) => {
      const rest = [...first, ...second];
      const again = fc.tuple(shuffled([...first, ...first]), shuffled([...rest, ...rest]));
      return fc.tuple(fc.constant([first, rest] as const), again, turns);
    });
    fc.assert(
      fc.property(histories, ([once, again, turn]) => {
        const [one, other] = [once, again].map(([first, rest]) =>
          stateOf(afterAllOf(rest, turn(afterAllOf(first, NOTHING)))),
        );
        expect(other).toEqual(one);
      }),
      RUNS,
    );
  });

  test('rows that are known change nothing at all', () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 8 }), (all) => {
        const { snapshot } = imported(all);
        expect(imported([...all].reverse(), snapshot).snapshot).toBe(snapshot);
      }),
      RUNS,
    );
  });

  test('no row suppresses after a release that is newer', () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 8 }), (all) => {
        const released = lifted(imported(all).snapshot, NOW, releaseFacts);
        expect(imported(all, released).snapshot.record.suppression).toBeNull();
      }),
      RUNS,
    );
  });
});
