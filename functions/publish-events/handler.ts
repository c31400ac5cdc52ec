import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import type { Instant } from '../../lib/policy/time.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { outgoingEvent } from './outgoing-event.ts';
import { inPuts, type PutDependencies, putEvents } from './put-events.ts';
import { type PlacedRecord, type PlacedTold, readChanges } from './read-changes.ts';
import { withoutErased } from './without-erased.ts';

export interface PublishDependencies extends PutDependencies {
  /** Says who was erased; null where no event carries an address. */
  readonly addresses: Pick<AddressStore, 'readStatuses'> | null;
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
}

/** What is left of the function's time when work stops, so that the answer still gets out. */
const SPARE_IN_MS = 5_000;

/**
 * Tells the bus what became of addresses. From the first record on whose event the bus did not take, all are told again: an
 * event may come twice, with the same id, and none is left out.
 */
export function createHandler(deps: PublishDependencies) {
  return async (
    { Records }: { readonly Records: readonly PlacedRecord[] },
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<DynamoDBBatchResponse> => {
    const deadlineAt = deps.clock() + context.getRemainingTimeInMillis() - SPARE_IN_MS;
    try {
      const told = readChanges(Records, deps.telemetry);
      const tellable = deps.addresses === null ? told : await withoutErased(told, deps.addresses, deadlineAt);
      const failed = await publish(tellable, deps, deadlineAt);
      return { batchItemFailures: failed === null ? [] : [{ itemIdentifier: failed }] };
    } finally {
      deps.telemetry.flush();
    }
  };
}

/** Answers the place of the first record that is to be told again; null when all of them are told. */
async function publish(
  told: readonly PlacedTold[],
  deps: PublishDependencies,
  deadlineAt: Instant,
): Promise<string | null> {
  for (const some of inPuts(told)) {
    const failed = deps.clock() < deadlineAt ? await publishSome(some, deps) : some[0];
    if (failed !== undefined) {
      return failed.sequenceNumber;
    }
  }
  return null;
}

async function publishSome(
  some: readonly PlacedTold[],
  deps: PublishDependencies,
): Promise<PlacedTold | undefined> {
  const { telemetry } = deps;
  const events = some.map((one) => outgoingEvent(one, { withAddress: deps.addresses !== null }));
  try {
    const notTaken = await putEvents(events, deps);
    const missing = new Set(notTaken.map(({ index }) => index));
    for (const [index, { type }] of events.entries()) {
      telemetry.count(missing.has(index) ? 'EventNotTaken' : 'EventPublished', { Type: type });
    }
    const [first] = [...missing].sort((a, b) => a - b);
    if (first === undefined) {
      return undefined;
    }
    telemetry.log('warn', 'events_not_taken', { codes: [...new Set(notTaken.map(({ code }) => code))] });
    return some[first];
  } catch (error) {
    telemetry.count('EventBusUnreachable');
    telemetry.log('error', 'event_bus_unreachable', { error: String(error) });
    return some[0];
  }
}
