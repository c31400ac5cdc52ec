import type { Instant } from '../../lib/policy/time.ts';

/** The ways on which messages may stop. */
export const QUEUE_NAMES = ['intake', 'subscription', 'ses-list', 'events'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** A message that waits in a dead-letter queue, taken out for a minute at most. */
export interface DeadLetter {
  /** SQS keeps it when it moves a message, and gives a new one to what is sent. */
  readonly id: string;
  /** What SQS wants back to release or remove it. */
  readonly handle: string;
  readonly body: string;
  readonly sentAt: Instant;
  readonly attributes: Readonly<Record<string, LetterAttribute>>;
  /** The group within which a FIFO queue keeps the order; null in other queues. */
  readonly group: string | null;
}

export interface LetterAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type Taken = Pick<DeadLetter, 'id' | 'handle'>;

/** A dead-letter queue and the queue from which its messages came. */
export interface DeadLetterQueue {
  readonly name: QueueName;
  /** Whether messages are handed out in their order: behind one that is taken out, those of its group wait. */
  readonly isOrdered: boolean;
  /** About how many messages there are, hidden ones included. */
  depth(): Promise<number>;
  /** Takes out up to ten, for a minute; none only when there is none to take. */
  receive(): Promise<readonly DeadLetter[]>;
  /** Puts back at once what was taken out. */
  release(taken: readonly Taken[]): Promise<void>;
  /** Copies a message to the queue from which it came; null where it came from no queue. */
  readonly sendBack: ((letter: DeadLetter) => Promise<void>) | null;
  remove(taken: Taken): Promise<void>;
}
