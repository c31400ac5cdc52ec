import type { StubServer } from './stub/stub-server.ts';

/** One line of a bench: what was measured, and how that compares within the same run. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** The least and the greatest of the rounds. */
  readonly spread?: Spread;
  readonly ratios?: readonly Ratio[];
  readonly note?: string;
}

export type Unit = 'ms' | 'us' | 'KiB' | 'MiB' | 'calls';
export type Spread = readonly [least: number, greatest: number];

/** Times as much as something else; a machine may be slow, a ratio is not. */
export interface Ratio {
  readonly to: string;
  readonly value: number;
  readonly spread?: Spread;
  /** The most it should be. */
  readonly target?: number;
}

/** What all benches of a run share. */
export interface BenchRun {
  /** Fewer rounds and sizes: tells whether something is broken, not how fast it is. */
  readonly isQuick: boolean;
  /** Of each measurement, interleaved with those it is compared to, each in a process of its own. */
  readonly rounds: number;
  readonly stub: StubServer;
  /** For bundles and other files, gone after the run. */
  readonly folder: string;
}

/** Each file of this folder that exports a `bench` is run by `npm run bench`. */
export interface Bench {
  readonly title: string;
  readonly measure: (run: BenchRun) => Promise<readonly Measurement[]>;
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

export function spreadOf(values: readonly number[]): Spread {
  return [Math.min(...values), Math.max(...values)];
}

const ROUNDS = 7;

/** Median of seven rounds after one that warms up, in milliseconds. */
export function medianInMs(work: () => void): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return medianOf(times);
}

/** The rounds of one thing beside those of another: medians, and the ratio round by round. */
export function compareRounds(
  rounds: readonly number[],
  to: string,
  { than, target }: { readonly than: readonly number[]; readonly target?: number },
): Ratio {
  const ratios = rounds.map((value, round) => value / (than[round] ?? Number.NaN));
  return {
    to,
    value: medianOf(ratios),
    spread: spreadOf(ratios),
    ...(target !== undefined && { target }),
  };
}
