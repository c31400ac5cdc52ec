import type { Instant } from '../../lib/policy/time.ts';

/** When a batch of messages is recorded, and until when. */
export interface BatchTime {
  readonly now: Instant;
  readonly deadlineAt: Instant;
}

/** Called for the messages whose work could not be finished. */
export type OnFailure = (messageIds: readonly string[], error: unknown) => void;
