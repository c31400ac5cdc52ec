import type { Context, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { redactAddresses } from '../../lib/policy/redact-addresses.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { StreamRecord } from '../../lib/store/status-change.ts';
import { queueRemovals } from './queue-removals.ts';
import { continueReading, startReadings } from './read-list.ts';
import { removeAddress } from './remove-address.ts';
import { requeueRemovals } from './requeue-removals.ts';
import type { SyncDependencies } from './sync-dependencies.ts';
import { readTask } from './tasks.ts';

/** What the stream of the addresses tells, or what waits in the queue. */
export type SyncEvent = StreamEvent | QueueEvent;

interface StreamEvent {
  readonly Records: readonly (StreamRecord & { readonly eventSource: 'aws:dynamodb' })[];
}
interface QueueEvent {
  readonly Records: readonly (QueuedMessage & { readonly eventSource: 'aws:sqs' })[];
}

type QueuedMessage = Pick<SQSRecord, 'messageId' | 'body'> & {
  readonly attributes: Pick<SQSRecord['attributes'], 'SentTimestamp'>;
};

/** What is left of the function's time when work stops, so that the answer still gets out. */
const SPARE_IN_MS = 5_000;

/** Holds SES's account list and Rebound in step: what became pending is queued, what is queued is done with SES. */
export function createHandler(deps: SyncDependencies) {
  return async (
    event: SyncEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SQSBatchResponse> => {
    const deadlineAt = deps.clock() + context.getRemainingTimeInMillis() - SPARE_IN_MS;
    try {
      if (isQueued(event)) {
        return await workOff(event.Records, deps, deadlineAt);
      }
      await queueRemovals(event.Records, deps, deadlineAt);
      return DONE;
    } catch (error) {
      throw withoutAddresses(error);
    } finally {
      deps.telemetry.flush();
    }
  };
}

const DONE: SQSBatchResponse = { batchItemFailures: [] };

/** Lambda prints what is thrown. */
function withoutAddresses(error: unknown): unknown {
  if (error instanceof Error) {
    error.message = redactAddresses(error.message);
    error.stack = redactAddresses(error.stack ?? '');
  }
  return error;
}

function isQueued(event: SyncEvent): event is QueueEvent {
  return event.Records[0]?.eventSource === 'aws:sqs';
}

/** One after the other; behind one that failed all others come again too, so that their order stays. */
async function workOff(
  messages: readonly QueuedMessage[],
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<SQSBatchResponse> {
  for (const [index, message] of messages.entries()) {
    try {
      await carryOut(message, deps, deadlineAt);
    } catch (error) {
      const { messageId } = message;
      deps.telemetry.count('SesTaskReturned');
      deps.telemetry.log('warn', 'ses_task_returned', { messageId, error: String(error) });
      const left = messages.slice(index);
      return { batchItemFailures: left.map(({ messageId: itemIdentifier }) => ({ itemIdentifier })) };
    }
  }
  return DONE;
}

async function carryOut(
  { messageId, body, attributes }: QueuedMessage,
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  const task = readTask(body);
  const sentAt = Number(attributes.SentTimestamp);
  switch (task?.task) {
    case 'remove':
      return await removeAddress({ addressHash: task.addressHash, sentAt }, deps, deadlineAt);
    case 'requeue':
      return await requeueRemovals(sentAt, deps, deadlineAt);
    case 'import':
      return await startReadings(deps, deadlineAt);
    case 'read':
      return await continueReading(task, deps, deadlineAt);
    default:
      deps.telemetry.count('SesTaskUnknown');
      deps.telemetry.log('error', 'ses_task_unknown', { messageId });
  }
}
