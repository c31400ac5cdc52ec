import type { Correction, DecidedCorrection } from '../policy/correction.ts';
import type { Instant } from '../policy/time.ts';
import type { AddressKey, Page } from './port.ts';

/** Writes corrections and keeps their ledger. Every method throws `UnavailableError` at its deadline. */
export interface CorrectionStore {
  /** Notes that a correction of an account begins; what an earlier run of it noted stays. */
  beginCorrection(begun: BegunCorrection, deadlineAt: Instant): Promise<void>;

  /** Writes a corrected address and its row of the ledger in one transaction; `lost` when it has changed since it was read. */
  saveCorrection(write: CorrectionWrite): Promise<'saved' | 'lost'>;

  /**
   * Notes that a run of a correction came to its end, where one of its runs has changed anything; answers how many addresses
   * all of them have corrected.
   */
  finishCorrection(finished: FinishedCorrection, deadlineAt: Instant): Promise<number>;

  /** The corrections of an account, the latest windows first, strongly consistent. */
  listCorrections(query: CorrectionsQuery): Promise<Page<StoredCorrection, CorrectionPosition>>;
}

/** One correction in one account. */
export interface CorrectionKey {
  readonly account: string;
  /** Follows from what is corrected, so that repeating it is the same correction. */
  readonly id: string;
}

export interface BegunCorrection extends CorrectionKey {
  readonly correction: Correction;
  readonly by: string;
  /** Why, without addresses. */
  readonly note: string | null;
  readonly begunAt: Instant;
}

export interface FinishedCorrection extends CorrectionKey {
  readonly finishedAt: Instant;
}

export interface StoredCorrection extends Omit<BegunCorrection, 'account'> {
  /** Of the last run that came to its end; null before. */
  readonly finishedAt: Instant | null;
  /** Addresses that all runs have corrected, as of `finishedAt`. */
  readonly corrected: number | null;
}

export interface CorrectionWrite extends AddressKey {
  readonly id: string;
  readonly by: string;
  readonly correctedAt: Instant;
  readonly decided: DecidedCorrection;
  readonly deadlineAt: Instant;
}

/** The last correction of a page. */
export type CorrectionPosition = Readonly<Record<'id', string>>;

export interface CorrectionsQuery {
  readonly account: string;
  /** 1 to 1,000. */
  readonly limit: number;
  readonly after: CorrectionPosition | null;
  readonly deadlineAt: Instant;
}
