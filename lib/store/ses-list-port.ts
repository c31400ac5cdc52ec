import type { Instant } from '../policy/time.ts';
import type { Page } from './port.ts';

/**
 * What is kept so that Rebound and SES's account list say the same. Nothing here holds a readable address. Every method
 * throws `UnavailableError` at its deadline.
 */
export interface SesListStore {
  /** Notes that an address waits for SES; a later request takes the place of an earlier one. */
  notePending(pending: PendingRemoval, deadlineAt: Instant): Promise<void>;

  /** Forgets requests made until then. */
  forgetPending(pending: Omit<PendingRemoval, 'queuedAt'>, deadlineAt: Instant): Promise<void>;

  /** The addresses that wait, in a fixed order, strongly consistent. */
  listPending(query: SesListQuery): Promise<Page<PendingRemoval, string>>;

  /** Notes entries of SES's list in one Region; an entry that is known is noted anew. */
  noteListed(region: string, entries: readonly ListedAddress[], deadlineAt: Instant): Promise<void>;

  forgetListed(region: string, entries: readonly ListedAddress[], deadlineAt: Instant): Promise<void>;

  /** The entries noted for a Region, in a fixed order, strongly consistent. */
  listListed(query: SesListQuery & { readonly region: string }): Promise<Page<ListedAddress, string>>;

  /** The entries of one address: it may be listed in several spellings. */
  findListed(query: ListedQuery): Promise<readonly ListedAddress[]>;

  /** The last reading of SES's list in a Region, strongly consistent; null before the first. */
  readReading(region: string, deadlineAt: Instant): Promise<ListReading | null>;

  /** Writes a reading under the version read; false when another writer was first. */
  saveReading(reading: ListReading, deadlineAt: Instant): Promise<boolean>;
}

export interface PendingRemoval {
  readonly addressHash: string;
  readonly requestedAt: Instant;
  /** When it was last put into the queue. */
  readonly queuedAt: Instant;
}

/** An entry of SES's list, its address known by its hash and its capitals alone (`lib/policy/capitals.ts`). */
export interface ListedAddress {
  readonly addressHash: string;
  readonly capitals: string;
  readonly listedFor: 'bounce' | 'complaint';
  /** The beginning of the last reading that found it. */
  readonly seenAt: Instant;
}

export interface SesListQuery {
  /** Rows to read, 1 to 1,000. */
  readonly limit: number;
  readonly after: string | null;
  readonly deadlineAt: Instant;
}

export interface ListedQuery {
  readonly region: string;
  readonly addressHash: string;
  readonly deadlineAt: Instant;
}

/** One reading of SES's list in a Region, and how far it has come. */
export interface ListReading {
  readonly region: string;
  /** 0 when nothing is stored. */
  readonly version: number;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  /** SES's list is read to its end; then what it no longer holds is swept out here. */
  readonly phase: 'read' | 'sweep' | 'done';
  /** Pages done, of both phases. */
  readonly pages: number;
  /** Where the phase goes on; null at its beginning. */
  readonly position: string | null;
  /** When the reading before was done; null for the first, which finds no drift but what there is. */
  readonly lastDoneAt: Instant | null;
  readonly counts: ReadingCounts;
}

export interface ReadingCounts {
  readonly entries: number;
  /** What is no address to Rebound. */
  readonly unreadable: number;
  /** Blocked here by what SES lists and Rebound did not know. */
  readonly blocked: number;
  /** Listed by SES though it was taken off: asked for again. */
  readonly askedAgain: number;
  /** Waiting to be taken off, and given to jobs. */
  readonly inJobs: number;
  /** Jobs that SES did not take: after the first no other is asked for. */
  readonly jobsRefused: number;
  /** Blocked here, and listed by SES no more: not blocked any more. */
  readonly ended: number;
}

export const NO_COUNTS: ReadingCounts = {
  entries: 0,
  unreadable: 0,
  blocked: 0,
  askedAgain: 0,
  inJobs: 0,
  jobsRefused: 0,
  ended: 0,
};
