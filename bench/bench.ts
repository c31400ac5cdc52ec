/** One line of a bench: what was done, how long it took, and how that compares within the same run. */
export interface Measurement {
  readonly what: string;
  readonly tookInMs: number;
  /** Times as long as what; a machine may be slow, a ratio is not. */
  readonly ratio?: { readonly to: string; readonly value: number };
}

/** Each file of this folder that exports a `bench` is run by `npm run bench`. */
export interface Bench {
  readonly title: string;
  readonly measure: () => Promise<readonly Measurement[]>;
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
  return times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0;
}
