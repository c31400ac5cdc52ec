import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { bouncesSent, RUNS, SEED } from './arbitraries.ts';
import { ADDRESS, afterBounces, aRecord, aStatus, type ReportContext, type Seen } from './builders.ts';

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
});
