import { EVENTS_PER_PUT, type EventBus, type NotTaken } from './event-bus.ts';
import type { OutgoingEvent } from './outgoing-event.ts';

const TRIES = 4;
const FIRST_PAUSE_IN_MS = 200;

export interface PutDependencies {
  readonly bus: EventBus;
  readonly sleep: (durationInMs: number) => Promise<void>;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** Puts at most ten events, those that were not taken again and again. Answers the ones that the bus would not take. */
export async function putEvents(
  events: readonly OutgoingEvent[],
  { bus, sleep, random }: PutDependencies,
): Promise<readonly NotTaken[]> {
  let left: readonly NotTaken[] = events.map((_, index) => ({ index, code: '' }));
  for (let round = 0; round < TRIES && left.length > 0; round++) {
    if (round > 0) {
      await sleep((0.5 + random() / 2) * FIRST_PAUSE_IN_MS * 2 ** (round - 1));
    }
    const asked = left.map(({ index }) => index);
    const notTaken = await bus.put(asked.flatMap((index) => events[index] ?? []));
    left = notTaken.map(({ index, code }) => ({ index: asked[index] ?? 0, code }));
  }
  return left;
}

/** So many events as are put at once. */
export function inPuts<T>(events: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(events.length / EVENTS_PER_PUT) }, (_, index) =>
    events.slice(index * EVENTS_PER_PUT, (index + 1) * EVENTS_PER_PUT),
  );
}
