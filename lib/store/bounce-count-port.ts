import type { DayCounts, DayTally } from '../policy/bounce-statistics.ts';
import type { Day, Instant } from '../policy/time.ts';

/** Who counts an account's bounces by day. Throws `UnavailableError` when they have not been counted by the deadline. */
export interface BounceCountWriter {
  /** Adds to what is counted of the day. At least once: a write whose answer was lost is done again, and counts twice. */
  addBounceCounts(write: BounceCountWrite): Promise<void>;
}

/** Who reads the counts. Throws `UnavailableError` when the store has not answered by its deadline. */
export interface BounceCountReader {
  /** The days of a range, both ends included, the earliest first, strongly consistent; days without a bounce are left out. */
  readBounceCounts(query: BounceCountQuery): Promise<readonly DayCounts[]>;
}

export interface BounceCountWrite {
  readonly tally: DayTally;
  readonly deadlineAt: Instant;
}

export interface BounceCountQuery {
  readonly account: string;
  readonly from: Day;
  readonly to: Day;
  readonly deadlineAt: Instant;
}
