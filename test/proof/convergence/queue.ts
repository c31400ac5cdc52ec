import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachOf } from '../../../lib/work-pool.ts';

/** One copy of a message in the queue. */
interface Message {
  readonly body: string;
  received: number;
}

export interface QueueOptions {
  readonly random: () => number;
  /** Functions that run at the same time. */
  readonly workers: number;
  /** How often in a hundred batches the function is killed after its work: all of its messages come again. */
  readonly killedInPercent: number;
  /** How often in a hundred batches the function has next to no time. */
  readonly hurriedInPercent: number;
  /** How long ago the function's clock was stopped, by which its deadlines move on. */
  readonly elapsedInMs: () => number;
}

export type RecordFunction = (
  event: SQSEvent,
  context: { getRemainingTimeInMillis: () => number },
) => Promise<SQSBatchResponse>;

const LARGEST_BATCH = 10;
const MOST_RECEIVES = 500;
const PLENTY_IN_MS = 60_000;
/** The function stops its work so long before its time is over. */
const SPARE_IN_MS = 3_000;
const LEAST_WORK_IN_MS = 15;

/**
 * Delivers bodies as SQS does: in any order, in batches of any size, and again for as long as the function returns them or dies.
 * Answers how many deliveries it took.
 */
export async function deliver(
  bodies: readonly string[],
  record: RecordFunction,
  { random, workers, killedInPercent, hurriedInPercent, elapsedInMs }: QueueOptions,
): Promise<number> {
  const waiting: Message[] = bodies.map((body) => ({ body, received: 0 }));
  let deliveries = 0;
  const upTo = (count: number) => Math.floor(random() * count);
  const work = async () => {
    while (waiting.length > 0) {
      const batch = Array.from({ length: 1 + upTo(LARGEST_BATCH) }, () =>
        waiting.splice(upTo(waiting.length), 1),
      ).flat();
      deliveries += batch.length;
      const isHurried = random() * 100 < hurriedInPercent;
      const timeInMs = isHurried ? SPARE_IN_MS + upTo(LEAST_WORK_IN_MS) : PLENTY_IN_MS;
      const returned = await receive(batch, record, elapsedInMs() + timeInMs);
      const isKilled = random() * 100 < killedInPercent;
      waiting.push(...(isKilled ? batch : returned));
    }
  };
  await eachOf(Array(workers).keys(), workers, work);
  return deliveries;
}

async function receive(
  batch: readonly Message[],
  record: RecordFunction,
  timeInMs: number,
): Promise<readonly Message[]> {
  const Records = batch.map(({ body }, place) => ({ messageId: String(place), body }));
  const { batchItemFailures } = await record({ Records } as SQSEvent, {
    getRemainingTimeInMillis: () => timeInMs,
  });
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const returned = batch.filter((_, place) => failed.has(String(place)));
  for (const message of returned) {
    message.received += 1;
    if (message.received > MOST_RECEIVES) throw new Error(`A message never got done: ${message.body}`);
  }
  return returned;
}
