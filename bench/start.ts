import { type Bench, compareRounds, type Measurement, medianOf, spreadOf } from './bench.ts';
import type { FunctionResult } from './measured/job.ts';
import { bundleOf, measureFunction, ourBundle } from './processes.ts';

/** A start is short, and the first thing to suffer from whatever else the machine does. */
const ROUNDS_FACTOR = 3;

export const bench: Bench = {
  title: 'Start: a new process filters one address, over a connection that it opens',
  async measure(run) {
    const ours: FunctionResult[] = [];
    const floor: FunctionResult[] = [];
    const usual: FunctionResult[] = [];
    const bundles = [
      [ours, ourBundle(run, 'filter-recipients')],
      [floor, bundleOf(run, 'yardsticks/floor')],
      [usual, bundleOf(run, 'yardsticks/usual')],
    ] as const;
    for (let round = 0; round < run.rounds * ROUNDS_FACTOR; round++) {
      for (const [results, bundle] of bundles) {
        results.push(
          await measureFunction(run, { kind: 'filter', bundle, recipients: 1, warmUps: 0, calls: 0 }),
        );
      }
    }
    const of = (what: string, read: (result: FunctionResult) => number, target?: number): Measurement => {
      const values = ours.map(read);
      const toFloor = { than: floor.map(read), ...(target !== undefined && { target }) };
      return {
        what: `start: ${what}`,
        value: medianOf(values),
        unit: 'ms',
        spread: spreadOf(values),
        ratios: [
          compareRounds(values, 'floor', toFloor),
          compareRounds(values, 'usual', { than: usual.map(read) }),
        ],
      };
    };
    return [
      of('CPU, module init', ({ load }) => load.cpuInMs),
      of('CPU, init and first call', ({ load, first }) => load.cpuInMs + first.cpuInMs, 1.9),
      of('wall, init and first call', ({ load, first }) => load.wallInMs + first.wallInMs),
      of('CPU, the whole process', ({ upToFirst }) => upToFirst.cpuInMs),
      of('wall, the whole process', ({ upToFirst }) => upToFirst.wallInMs),
    ];
  },
};
