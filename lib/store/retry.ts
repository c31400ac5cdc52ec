import type { Instant } from '../policy/time.ts';
import { UnavailableError } from '../policy/unavailable.ts';

const FIRST_PAUSE_IN_MS = 20;
const LONGEST_PAUSE_IN_MS = 1_000;

export interface RetryContext {
  readonly clock: () => Instant;
  readonly sleep: (durationInMs: number) => Promise<void>;
  readonly random: () => number;
}

/** Not yet: try again after a pause. */
export const AGAIN = Symbol('again');

/**
 * Runs an attempt until it gives a result, with growing random pauses ("full jitter") in between.
 *
 * @param attempt answers `AGAIN` when another try may help; what it throws ends the loop.
 * @throws {UnavailableError} when the deadline leaves no time for another try.
 */
export async function retryUntil<T>(
  deadlineAt: Instant,
  attempt: () => Promise<T | typeof AGAIN>,
  { clock, sleep, random }: RetryContext,
): Promise<T> {
  for (let round = 0; ; round++) {
    const result = await attempt();
    if (result !== AGAIN) {
      return result;
    }
    const pauseInMs = random() * Math.min(LONGEST_PAUSE_IN_MS, FIRST_PAUSE_IN_MS * 2 ** round);
    if (clock() + pauseInMs >= deadlineAt) {
      throw new UnavailableError('The store did not answer in time. Try again.');
    }
    await sleep(pauseInMs);
  }
}
