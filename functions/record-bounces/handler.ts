import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Instant } from '../../lib/policy/time.ts';
import type { OnFailure } from './batch.ts';
import { type ParkingLot, parkMessages } from './park.ts';
import { type Reader, readMessage } from './read-message.ts';
import { type RecordDependencies, recordMessages } from './record.ts';

export interface RecordBouncesDependencies extends Reader, RecordDependencies {
  readonly parkingLot: ParkingLot;
  readonly clock: () => Instant;
}

/** What is left of the function's time when work stops, so that the answer still gets out. */
const SPARE_IN_MS = 3_000;

/**
 * Records a batch of notifications. A message whose work met a passing fault is returned and comes again;
 * one that can never be understood is parked with its reason; all others are done, once.
 */
export function createHandler(deps: RecordBouncesDependencies) {
  return async (
    { Records }: SQSEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SQSBatchResponse> => {
    const now = deps.clock();
    const deadlineAt = now + context.getRemainingTimeInMillis() - SPARE_IN_MS;
    const returned = new Set<string>();
    const onFailure: OnFailure = (messageIds, error) => {
      for (const id of messageIds) {
        returned.add(id);
      }
      deps.telemetry.log('warn', 'messages_returned', { messageIds, error: String(error) });
    };

    const messages = Records.map(({ messageId, body }) => readMessage(messageId, body, deps));
    deps.telemetry.count(
      'NotificationReceived',
      {},
      messages.reduce((sum, { told }) => sum + told.length, 0),
    );
    await recordMessages(messages, deps, { now, deadlineAt, onFailure });
    const done = messages.filter(({ id }) => !returned.has(id));
    await parkMessages(done, deps, onFailure);

    if (returned.size > 0) {
      deps.telemetry.count('MessageReturned', {}, returned.size);
    }
    deps.telemetry.flush();
    return { batchItemFailures: [...returned].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
