/** What a worker thread is started with. */
export interface WorkerSetup {
  readonly name: string;
  readonly arn: string;
  readonly directory: string;
  readonly handler: string;
  readonly memoryInMb: number;
}

export interface Invocation {
  readonly requestId: string;
  /** JSON of the event. */
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** JSON of the result, or the stack of what was thrown. */
export type Outcome = { readonly payload: string } | { readonly error: string };

/** What a worker says first, once it has loaded the bundle. */
export const LOADED: Outcome = { payload: 'null' };
