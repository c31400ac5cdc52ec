import type { OutgoingEvent } from './outgoing-event.ts';

/** The most events that are put at once. Source: Amazon EventBridge API Reference, "PutEvents". */
export const EVENTS_PER_PUT = 10;

/** Why the bus did not take an event. */
export interface NotTaken {
  /** Its place in what was put. */
  readonly index: number;
  readonly code: string;
}

/** Where events go. */
export interface EventBus {
  /** Puts at most ten events. Throws when the bus cannot be reached or refuses all of them. */
  put(events: readonly OutgoingEvent[]): Promise<readonly NotTaken[]>;
}
