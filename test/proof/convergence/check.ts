import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Convergence, converge, type Ground, type Tallies } from './converge.ts';
import { type Log, type LogSize, logs } from './log.ts';
import { createWorld, type World } from './world.ts';

export interface Runs extends LogSize {
  readonly seed: number;
  readonly runs: number;
}

/** Where a log is told: a ground that nothing else has touched. */
export type GroundFor = (log: Log, world: World) => Promise<Ground & { readonly close: () => Promise<void> }>;

/** Tells so many random logs, and answers how much that was; the first that ends otherwise than reckoned is shrunk and thrown. */
export async function checkConvergence(
  { seed, runs, ...size }: Runs,
  groundFor: GroundFor,
  onRun: (totals: Tallies) => void = () => {},
): Promise<Tallies> {
  let worlds = 0;
  let totals = NOTHING;
  await fc.assert(
    fc.asyncProperty(logs(size), async (log) => {
      const ground = await groundFor(log, createWorld(`w${++worlds}`, size));
      try {
        const convergence = await converge(log, ground);
        assertConverged(convergence);
        totals = sumOf(totals, convergence.tallies);
        onRun(totals);
      } finally {
        await ground.close();
      }
    }),
    { seed, numRuns: runs },
  );
  return totals;
}

export const NOTHING: Tallies = {
  notices: 0,
  malformed: 0,
  copies: 0,
  deliveries: 0,
  unbounced: 0,
  globals: 0,
};

export function sumOf(a: Tallies, b: Tallies): Tallies {
  const names = Object.keys(a) as (keyof Tallies)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Tallies;
}

function assertConverged({ expected, found, before, replayed }: Convergence): void {
  assert.deepEqual(found, expected);
  assert.equal(replayed, before, 'Telling the whole log again has changed something.');
}
