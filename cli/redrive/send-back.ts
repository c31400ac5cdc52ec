import type { Instant } from '../../lib/policy/time.ts';
import { eachOf } from '../../lib/work-pool.ts';
import type { DeadLetter, DeadLetterQueue } from './dead-letters.ts';
import { describeLetter } from './describe-letter.ts';

export interface SendingBack {
  /** Null for all. */
  readonly reason: string | null;
  /** What came into the dead-letter queue later stays: it may be back already. */
  readonly until: Instant;
  readonly onSent?: (sent: number) => void;
}

export interface SentBack {
  readonly sent: number;
  /** What ended the run before its end; null where nothing did. */
  readonly failure: Error | null;
}

const MESSAGES_AT_ONCE = 10;
/** SQS counts by and by: of a queue that says it is empty so many are tried all the same. */
const LEAST_TRIES = 100;

/**
 * Sends messages back to the queue from which they came. Each is copied, and removed only then: a run that is stopped, however
 * it is, loses none, and the next goes on where it stopped. One that was copied and not removed is sent back twice, which
 * changes nothing, as what a message tells is recorded once. Those that stay are put back as they were.
 */
export async function sendBack(queue: DeadLetterQueue, wanted: SendingBack): Promise<SentBack> {
  const most = Math.max(await queue.depth(), LEAST_TRIES);
  const kept = new Map<string, string>();
  const state: { sent: number; failure: Error | null } = { sent: 0, failure: null };
  try {
    while (state.failure === null && state.sent + kept.size < most) {
      const letters = await queue.receive();
      const fresh = letters.filter(({ id }) => !kept.has(id));
      for (const { id, handle } of letters) kept.set(id, handle);
      if (fresh.length === 0) break;
      await eachOf(
        fresh.filter((letter) => isWanted(queue, letter, wanted)),
        queue.isOrdered ? 1 : MESSAGES_AT_ONCE,
        async (letter) => {
          if (state.failure !== null) return;
          try {
            await queue.sendBack?.(letter);
            await queue.remove(letter);
            kept.delete(letter.id);
            state.sent += 1;
          } catch (error) {
            state.failure = error as Error;
          }
        },
      );
      wanted.onSent?.(state.sent);
    }
  } finally {
    await queue.release([...kept].map(([id, handle]) => ({ id, handle })));
  }
  return state;
}

function isWanted({ name }: DeadLetterQueue, letter: DeadLetter, { reason, until }: SendingBack): boolean {
  return letter.sentAt <= until && (reason === null || describeLetter(name, letter).reason === reason);
}
