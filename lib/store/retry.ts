import type { Instant } from '../policy/time.ts';
import { UnavailableError } from '../policy/unavailable.ts';
import { isPassing } from './faults.ts';

const FIRST_PAUSE_IN_MS = 20;
const LONGEST_PAUSE_IN_MS = 1_000;
/** Node fires a longer timer at once. */
const LONGEST_TIMER_IN_MS = 2 ** 31 - 1;

export interface RetryContext {
  readonly clock: () => Instant;
  readonly sleep: (durationInMs: number) => Promise<void>;
  readonly random: () => number;
  /** Where several requests share a deadline, they may share these too. */
  readonly options?: RequestOptions;
}

/** What every request is sent with, so that none outlives the deadline. */
export interface RequestOptions {
  readonly abortSignal: AbortSignal;
}

/** The options that end a request at the deadline. */
export function optionsUntil(deadlineAt: Instant, clock: () => Instant): RequestOptions {
  const timeLeftInMs = Math.min(Math.max(Math.ceil(deadlineAt - clock()), 0), LONGEST_TIMER_IN_MS);
  return { abortSignal: AbortSignal.timeout(timeLeftInMs) };
}

/** Not yet: try again after a pause. */
export const AGAIN = Symbol('again');

/**
 * Runs an attempt until it gives a result, with growing random pauses ("full jitter") in between.
 *
 * @param attempt answers `AGAIN`, or throws a passing fault, when another try may help; what else it throws
 *   ends the loop.
 * @throws {UnavailableError} when the deadline leaves no time for another try.
 */
export async function retryUntil<T>(
  deadlineAt: Instant,
  attempt: (options: RequestOptions) => Promise<T | typeof AGAIN>,
  { clock, sleep, random, options = optionsUntil(deadlineAt, clock) }: RetryContext,
): Promise<T> {
  let cause: unknown;
  for (let round = 0; ; round++) {
    try {
      const result = await attempt(options);
      if (result !== AGAIN) {
        return result;
      }
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
      cause = error;
    }
    const pauseInMs = random() * Math.min(LONGEST_PAUSE_IN_MS, FIRST_PAUSE_IN_MS * 2 ** round);
    if (options.abortSignal.aborted || clock() + pauseInMs >= deadlineAt) {
      throw new UnavailableError('The store did not answer in time. Try again.', { cause });
    }
    await sleep(pauseInMs);
  }
}
