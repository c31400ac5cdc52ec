/** A moment as milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A UTC calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** A UTC calendar month, `YYYY-MM`. */
export type Month = string;

export const HOUR_IN_MS = 3_600_000;
export const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The UTC day that holds the moment. */
export function dayOf(instant: Instant): Day {
  return toIso(instant).slice(0, 10);
}

/** The UTC month that holds the moment. */
export function monthOf(instant: Instant): Month {
  return toIso(instant).slice(0, 7);
}

/** The first moment of the UTC month after the one that holds the moment. */
export function startOfNextMonth(instant: Instant): Instant {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** The first moment of a UTC day. */
export function startOfDay(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`);
}

/** RFC 3339 with milliseconds, in UTC. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}
