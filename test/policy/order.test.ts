import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recordBounce, withSuppression } from '../../lib/policy/address-record.ts';
import { withRecord } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { withDeadReport, withoutDeadReports } from '../../lib/policy/dead-report.ts';
import { type Facts, NO_FACTS, unbounceFacts } from '../../lib/policy/facts.ts';
import { FACT_KEYS } from '../../lib/policy/reason.ts';
import { standingOf } from '../../lib/policy/standing.ts';
import { bouncesSent, RUNS, SEED } from './arbitraries.ts';
import {
  ACCOUNT,
  ADDRESS,
  afterBounces,
  aRecord,
  aStatus,
  daysAfter,
  NOW,
  POLICY,
  type ReportContext,
  type Seen,
} from './builders.ts';

interface Report {
  readonly bounce: Bounce;
  readonly spellings: readonly string[];
}

const NOTHING_SEEN: Seen = { record: aRecord(), status: aStatus() };

const reports: fc.Arbitrary<readonly Report[]> = fc.array(
  fc.record({
    bounce: bouncesSent({ fromDay: -200, toDay: 3 }),
    spellings: fc.uniqueArray(
      fc.constantFrom(ADDRESS, 'Ada@example.com', 'ADA@example.com', 'aDA@example.com', 'adA@example.com'),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 16 },
);

/** The reports, each of them twice and in any order. */
function replayed<T>(once: readonly T[]): fc.Arbitrary<readonly T[]> {
  const twice = [...once, ...once];
  return fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length });
}

function afterReports(all: readonly Report[], context: ReportContext = {}, seen = NOTHING_SEEN): Seen {
  return all.reduce(
    (known, { bounce, spellings }) => afterBounces([bounce], { ...context, spellings }, known),
    seen,
  );
}

/** Everything but the moment of recording, which stands outside the promise. */
function stateOf({ record, status }: Seen) {
  return {
    facts: record.facts,
    standing: record.suppression?.standing ?? [],
    bounces: record.bounces,
    spellings: record.spellings,
    suppressedBy: status.suppressedBy,
    deadReports: status.deadReports,
  };
}

describe(`any order and any repetition end the same (seed ${SEED})`, () => {
  test('order: the same bounces in any order, each any number of times, give the same state', () => {
    fc.assert(
      fc.property(
        reports.chain((once) => fc.tuple(fc.constant(once), replayed(once))),
        ([once, again]) => {
          expect(stateOf(afterReports(again))).toEqual(stateOf(afterReports(once)));
        },
      ),
      RUNS,
    );
  });

  test('the clock of the function that records has no say in what stands', () => {
    const clocks = fc.array(fc.integer({ min: -200, max: 3 }), { minLength: 32, maxLength: 32 });
    const last = daysAfter(3);
    fc.assert(
      fc.property(
        reports.chain((once) => fc.tuple(fc.constant(once), replayed(once), clocks)),
        ([once, again, days]) => {
          const { record } = again.reduce(
            (seen, report, index) => afterReports([report], { now: daysAfter(days[index] ?? 0) }, seen),
            NOTHING_SEEN,
          );
          const context = { policy: POLICY, now: last, isSimulator: false };
          expect(standingOf(record.facts, context)).toEqual(
            standingOf(afterReports(once, { now: last }).record.facts, context),
          );
        },
      ),
      RUNS,
    );
  });

  test('what is known already leaves the very same record and status', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const seen = afterReports(all);
        for (const report of all) {
          const again = afterReports([report], { now: daysAfter(2) }, seen);
          expect(again.record).toBe(seen.record);
          expect(again.status).toBe(seen.status);
        }
      }),
      RUNS,
    );
  });
});

describe(`mail that was in flight at a lift (seed ${SEED})`, () => {
  const LIFT = daysAfter(-60);
  const before = fc.array(bouncesSent({ fromDay: -120, toDay: -60 }), { maxLength: 5 });
  const inFlight = fc.array(bouncesSent({ fromDay: -64, toDay: -60 }), { minLength: 1, maxLength: 5 });
  const after = fc.array(bouncesSent({ fromDay: -59, toDay: 0 }), { maxLength: 5 });

  function unbounced({ record, status }: Seen): Seen {
    const facts = unbounceFacts(record.facts, LIFT);
    const next = withSuppression({ ...record, facts }, { policy: POLICY, now: LIFT, isSimulator: false });
    return { record: next, status: withoutDeadReports(withRecord(status, next), ACCOUNT) };
  }

  test('changes nothing but the audit, on whichever side of an unbounce it is recorded', () => {
    const scene = fc
      .tuple(before, inFlight, after)
      .map(([early, flying, late]) => ({
        early,
        flying: flying.filter(({ key }) => key !== 'complaint'),
        late,
      }))
      .chain((told) =>
        fc.record({
          told: fc.constant(told),
          mixed: replayed([...told.flying, ...told.late]),
        }),
      );
    fc.assert(
      fc.property(scene, ({ told: { early, flying, late }, mixed }) => {
        const without = afterBounces(late, {}, unbounced(afterBounces(early)));
        const first = afterBounces(late, {}, unbounced(afterBounces([...early, ...flying])));
        const last = afterBounces(mixed, {}, unbounced(afterBounces(early)));
        expect(stateOf(last)).toEqual(stateOf(first));
        const { bounces } = stateOf(last);
        expect(stateOf(last)).toEqual({ ...stateOf(without), bounces, spellings: last.record.spellings });
      }),
      RUNS,
    );
  });

  test.each<{ title: string; facts: Facts; releasedAt: number | null; covers: (bounce: Bounce) => boolean }>([
    {
      title: 'an unbounce',
      facts: { ...NO_FACTS, unbouncedAt: LIFT },
      releasedAt: null,
      covers: ({ key }) => key !== 'complaint',
    },
    {
      title: 'a release',
      facts: { ...NO_FACTS, releasedAt: LIFT },
      releasedAt: LIFT,
      covers: () => true,
    },
    {
      title: 'a correction of every reason',
      facts: { ...NO_FACTS, corrections: Object.fromEntries(FACT_KEYS.map((key) => [key, LIFT])) },
      releasedAt: null,
      covers: () => true,
    },
  ])('after $title tells the very same facts and reports nothing', ({ facts, releasedAt, covers }) => {
    fc.assert(
      fc.property(inFlight, (flying) => {
        for (const bounce of flying.filter(covers)) {
          const record = aRecord({ facts });
          const status = aStatus({ releasedAt });
          const report = { address: ADDRESS, spellings: [], bounce };
          const context = { policy: POLICY, now: NOW };
          const next = recordBounce(record, report, context);
          expect(next.facts).toBe(facts);
          expect(next).toMatchObject({ bounces: [bounce], suppression: null });
          expect(withDeadReport(status, { record: next, address: ADDRESS, bounce }, context)).toBe(status);
        }
      }),
      RUNS,
    );
  });
});
