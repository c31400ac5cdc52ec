import { type Bench, type BenchRun, compareRounds, type Measurement, medianOf, spreadOf } from './bench.ts';
import type { FunctionJob, FunctionResult } from './measured/job.ts';
import { bundleOf, measureFunction, ourBundle } from './processes.ts';

const LARGEST = 10_000;
const SIZES = [100, 1_000, LARGEST];
const QUICK_SIZES = [LARGEST];
const CALLS_AT_ONCE = 32;
/** The statuses, the evidence of those not sent to, the account's settings and its quota. */
const CALLS_OF_LARGEST = 100 + 2 + 2;
const DELAY_IN_MS = 10;

export const bench: Bench = {
  title: 'Filter: one call of so many addresses, of which 2 % are suppressed',
  async measure(run) {
    const measured: Measurement[] = [];
    for (const size of run.isQuick ? QUICK_SIZES : SIZES) {
      measured.push(...describe(size, await measureAll(run, jobOf(size, run))));
    }
    run.stub.delayInMs = DELAY_IN_MS;
    const delayed = await measureAll(run, jobOf(LARGEST, run));
    run.stub.delayInMs = 0;
    return [...measured, ...describeDelayed(delayed)];
  },
};

type Job = Omit<FunctionJob, 'bundle'>;
interface Rounds {
  readonly ours: readonly FunctionResult[];
  readonly floor: readonly FunctionResult[];
  readonly usual: readonly FunctionResult[];
}

/** Smaller calls need more of them until all of the code is compiled. */
function jobOf(recipients: number, { isQuick }: BenchRun): Job {
  if (isQuick) return { kind: 'filter', recipients, warmUps: 3, calls: 3 };
  const warmUps = Math.max(10, Math.min(100, 20_000 / recipients));
  return { kind: 'filter', recipients, warmUps, calls: 15 };
}

async function measureAll(run: BenchRun, job: Job): Promise<Rounds> {
  const ours = ourBundle(run, 'filter-recipients');
  const floor = bundleOf(run, 'yardsticks/floor');
  const usual = bundleOf(run, 'yardsticks/usual');
  const rounds = {
    ours: [] as FunctionResult[],
    floor: [] as FunctionResult[],
    usual: [] as FunctionResult[],
  };
  for (let round = 0; round < run.rounds; round++) {
    rounds.ours.push(await measureFunction(run, { ...job, bundle: ours }));
    rounds.floor.push(await measureFunction(run, { ...job, bundle: floor }));
    rounds.usual.push(await measureFunction(run, { ...job, bundle: usual }));
  }
  return rounds;
}

interface Targets {
  readonly floor?: number;
  readonly usual?: number;
}

function describe(size: number, rounds: Rounds): Measurement[] {
  const isLargest = size === LARGEST;
  const of = (
    what: string,
    read: (result: FunctionResult) => number,
    targets: Targets = {},
  ): Measurement => ({
    ...compared(`filter ${size}: ${what}`, rounds, read, isLargest ? targets : {}),
    unit: 'ms',
  });
  return [
    of('CPU, warm', ({ warm }) => warm.cpuInMs, { floor: 1.8, usual: 0.35 }),
    of('wall, warm', ({ warm }) => warm.wallInMs),
    of('CPU, first call', ({ first }) => first.cpuInMs),
    of('CPU, init and first call', ({ load, first }) => load.cpuInMs + first.cpuInMs, {
      floor: 2,
      usual: 0.4,
    }),
    of('wall, init and first call', ({ load, first }) => load.wallInMs + first.wallInMs),
    ...(isLargest
      ? [
          {
            ...compared(`filter ${size}: peak memory`, rounds, ({ peakMemoryInMib }) => peakMemoryInMib, {
              floor: 1.4,
            }),
            unit: 'MiB' as const,
          },
        ]
      : []),
  ];
}

function describeDelayed(rounds: Rounds): Measurement[] {
  const what = `filter ${LARGEST}: wall, warm, every answer after ${DELAY_IN_MS} ms`;
  const measurement = compared(what, rounds, ({ warm }) => warm.wallInMs, {});
  const least = Math.ceil(CALLS_OF_LARGEST / CALLS_AT_ONCE) * DELAY_IN_MS;
  const toLeast = compareRounds(
    rounds.ours.map(({ warm }) => warm.wallInMs),
    `${least} ms`,
    { than: rounds.ours.map(() => least), target: 2 },
  );
  return [{ ...measurement, unit: 'ms', ratios: [toLeast, ...measurement.ratios] }];
}

function compared(
  what: string,
  { ours, floor, usual }: Rounds,
  read: (result: FunctionResult) => number,
  targets: Targets,
) {
  const values = ours.map(read);
  const to = (name: keyof Targets, results: readonly FunctionResult[]) => {
    const target = targets[name];
    return compareRounds(values, name, { than: results.map(read), ...(target !== undefined && { target }) });
  };
  return {
    what,
    value: medianOf(values),
    spread: spreadOf(values),
    ratios: [to('floor', floor), to('usual', usual)],
  };
}
