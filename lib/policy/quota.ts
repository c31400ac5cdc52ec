import { type Instant, type Month, monthOf, startOfNextMonth } from './time.ts';

const SHARE_OF_CONTACTS_IN_PERCENT = 2;
const LEAST = 10;
const MOST = 1000;

/** How many unbounces an account has left in a UTC calendar month. */
export interface Quota {
  readonly month: Month;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetsAt: Instant;
}

/** Unbounces a month for an account of so many contacts: 2 %, at least 10, at most 1,000. Unknown counts as 0. */
export function quotaLimit(contacts: number | null): number {
  const share = Math.floor(((contacts ?? 0) * SHARE_OF_CONTACTS_IN_PERCENT) / 100);
  return Math.min(Math.max(share, LEAST), MOST);
}

/** The quota of the month in which a request was received. */
export function quotaOf({
  contacts,
  used,
  now,
}: {
  readonly contacts: number | null;
  readonly used: number;
  readonly now: Instant;
}): Quota {
  const limit = quotaLimit(contacts);
  return {
    month: monthOf(now),
    limit,
    used,
    remaining: Math.max(limit - used, 0),
    resetsAt: startOfNextMonth(now),
  };
}
