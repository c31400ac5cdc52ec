import type { Place } from './batches.ts';
import type { Texts } from './page-writer.ts';
import type { Totals } from './totals.ts';

/** What a batch came to. */
export interface Page extends Texts {
  readonly end: Place;
  readonly totals: Totals;
}

/** Where the rows go. */
export interface Outputs {
  /** Where an earlier run stopped; null begins anew. */
  readonly start: Start | null;
  write(page: Page): Promise<void>;
  /** Whether a run that stops now can go on. */
  canGoOn(): boolean;
  /** Everything is written. */
  finish(): Promise<void>;
  /** Lets go of the files, whatever happened. */
  close(): Promise<void>;
}

export interface Start {
  readonly place: Place;
  readonly totals: Totals;
}
