import { isBrokenConnection } from './broken-connection.ts';
import { ReboundGatewayError, ReboundProblemError } from './errors.ts';

export interface RetryOptions {
  /** Tries in all, the first among them. */
  readonly tries: number;
  /** Who is told to wait longer gives up instead. */
  readonly longestWaitInMs: number;
  /** Rejects when the signal aborts. */
  readonly delay: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** From 0 to 1, so that many clients do not come back at the same moment. */
  readonly random: () => number;
}

const FIRST_WAIT_IN_MS = 500;
const JITTER_IN_MS = 1_000;

export const RETRIES: RetryOptions = {
  tries: 5,
  longestWaitInMs: 30_000,
  delay,
  random: Math.random,
};

/**
 * Tries until it succeeds or fails for good: 503, the gateway's own 429 and a broken connection pass, a used-up quota does not.
 * Every call may be repeated, also one that had arrived: what is written twice is written once, and an unbounce that was granted
 * answers with its grant.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { tries, longestWaitInMs, delay, random }: RetryOptions,
  signal?: AbortSignal,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const waitInMs = waitAfter(error, failures, random);
      if (waitInMs === null || failures >= tries || waitInMs > longestWaitInMs) throw error;
      await delay(waitInMs, signal);
    }
  }
}

/** As long as told and a little more; else longer each time. Null when waiting does not help. */
function waitAfter(error: unknown, failures: number, random: () => number): number | null {
  if (!isPassing(error) && !isBrokenConnection(error)) return null;
  const retryAfterInSeconds = isPassing(error) ? error.retryAfterInSeconds : null;
  return retryAfterInSeconds === null
    ? random() * FIRST_WAIT_IN_MS * 2 ** failures
    : retryAfterInSeconds * 1_000 + random() * JITTER_IN_MS;
}

function isPassing(error: unknown): error is ReboundProblemError | ReboundGatewayError {
  if (error instanceof ReboundGatewayError) return error.status === 503 || error.status === 429;
  return error instanceof ReboundProblemError && error.status === 503;
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
