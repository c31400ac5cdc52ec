import { print } from '../output.ts';
import { whole } from '../quantities.ts';
import { type Shell, UsageError, write } from '../shell.ts';
import { redriveText } from '../text/redrive-text.ts';
import type { DeadLetterQueue, QueueName } from './dead-letters.ts';
import { look, type QueueReport } from './look.ts';
import { openQueues, type Place } from './open-queues.ts';
import { sendBack } from './send-back.ts';

export interface RedriveOptions extends Place {
  readonly queue?: QueueName;
  readonly reason?: string;
  readonly apply?: true;
  readonly json?: true;
  readonly limit: number;
}

const PROGRESS_INTERVAL_IN_MS = 5_000;

/** Shows what waits in the dead-letter queues, and sends it back where that was asked for. */
export async function runRedrive(options: RedriveOptions, shell: Shell): Promise<void> {
  if (options.apply && options.queue === undefined) {
    throw new UsageError('Say which messages to send back: --apply needs --queue.');
  }
  const queues = choose(await openQueues(options, shell), options);
  const sent = options.apply ? await sendAll(queues, options, shell) : null;
  const reports = await Promise.all(
    queues.map(async (queue): Promise<QueueReport> => {
      const found = await look(queue, options.limit);
      return { queue: queue.name, sentBack: sent?.sent ?? null, ...found };
    }),
  );
  const now = shell.clock();
  await print(reports, { ...options, shell, text: (value, width) => redriveText(value, { width, now }) });
  if (sent?.failure) throw sent.failure;
}

function choose(
  queues: readonly DeadLetterQueue[],
  { queue, apply }: RedriveOptions,
): readonly DeadLetterQueue[] {
  const chosen = queue === undefined ? queues : queues.filter(({ name }) => name === queue);
  if (chosen.length === 0) throw new UsageError(`The stack has no queue ${queue}.`);
  if (apply && chosen.some(({ sendBack }) => sendBack === null)) {
    throw new UsageError(
      'What waits in events came from no queue: it says where in the stream events were left out (docs/events.md).',
    );
  }
  return chosen;
}

async function sendAll(
  [queue]: readonly DeadLetterQueue[],
  { reason = null }: { readonly reason?: string | null },
  { clock, stderr }: Shell,
) {
  if (queue === undefined) return null;
  let toldAt = clock();
  return await sendBack(queue, {
    reason,
    until: toldAt,
    onSent(sent) {
      if (clock() < toldAt + PROGRESS_INTERVAL_IN_MS) return;
      toldAt = clock();
      void write(stderr, `${whole(sent)} sent back\n`);
    },
  });
}
