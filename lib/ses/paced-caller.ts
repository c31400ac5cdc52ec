import type { Instant } from '../policy/time.ts';
import { UnavailableError } from '../policy/unavailable.ts';

/** SES takes one request a second of its control plane, by Region. Source: Amazon SES Developer Guide, "Service quotas in Amazon SES". */
const INTERVAL_IN_MS = 1_000;
const FIRST_PAUSE_IN_MS = 1_000;
const LONGEST_PAUSE_IN_MS = 10_000;

export interface PacedCallerDependencies {
  readonly clock: () => Instant;
  readonly sleep: (durationInMs: number) => Promise<void>;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** Makes one request at a time, and never two within a second; tries again what passes by itself. */
export type PacedCaller = <T>(
  deadlineAt: Instant,
  request: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

/**
 * Creates what calls SES in one Region at its pace. It throws what SES refuses for good, and UnavailableError when the
 * deadline leaves no time for another try.
 */
export function createPacedCaller({ clock, sleep, random }: PacedCallerDependencies): PacedCaller {
  let nextAt = 0;
  const wait = async (pauseInMs: number, deadlineAt: Instant, cause?: unknown) => {
    if (clock() + pauseInMs >= deadlineAt) {
      throw new UnavailableError('SES could not be asked in time.', { cause });
    }
    if (pauseInMs > 0) {
      await sleep(pauseInMs);
    }
  };

  return async (deadlineAt, request) => {
    for (let round = 0; ; round++) {
      await wait(Math.max(nextAt - clock(), 0), deadlineAt);
      nextAt = clock() + INTERVAL_IN_MS;
      try {
        return await request({ abortSignal: AbortSignal.timeout(Math.ceil(deadlineAt - clock())) });
      } catch (error) {
        if (!isPassing(error)) {
          throw error;
        }
        const pauseInMs = Math.min(LONGEST_PAUSE_IN_MS, FIRST_PAUSE_IN_MS * 2 ** round);
        await wait(pauseInMs * (0.5 + random() / 2), deadlineAt, error);
      }
    }
  };
}

/** Throttles, faults of the service, and whatever kept it from answering. */
function isPassing(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status < 400 || status === 429 || status >= 500;
}
