/** What one process is to measure. */
export type Job = FunctionJob | PureJob;

/** Loads a bundle, calls its handler once, warms it up, and calls it again and again. */
export interface FunctionJob {
  readonly kind: 'filter' | 'record';
  readonly bundle: string;
  /** Recipients of one call. */
  readonly recipients: number;
  readonly warmUps: number;
  /** 0: the first call is all that is asked for. */
  readonly calls: number;
}

/** Runs a pure part of the code beside what it is compared to. */
export interface PureJob {
  readonly kind: 'normalise' | 'notification';
}

export interface Spent {
  /** Of all threads of the process. */
  readonly cpuInMs: number;
  readonly wallInMs: number;
}

export interface FunctionResult {
  readonly load: Spent;
  readonly first: Spent;
  /** Medians of the calls. */
  readonly warm: Spent;
  /** Of the whole process, from its start until the first call was answered. */
  readonly upToFirst: Spent;
  readonly peakMemoryInMib: number;
}

export interface PureResult {
  readonly oursInMs: number;
  readonly yardstickInMs: number;
}
