import type { CampaignCounts } from '../policy/campaign-counts.ts';
import type { CampaignRow, Outcome } from '../policy/campaign-row.ts';
import type { Instant } from '../policy/time.ts';
import type { Page } from './port.ts';

/** Who keeps the audit of campaigns. Every method throws `UnavailableError` when it has not been written by the deadline. */
export interface CampaignWriter {
  /**
   * Keeps rows and counts them, exactly: of several for one recipient and outcome the greatest stays, in whatever order
   * and however often they are written, so that trying again is always safe. They expire after the retention.
   */
  writeRows(write: RowsWrite): Promise<void>;

  /** Puts the campaign on the account's list, since the first time that this was done. */
  registerCampaign(campaign: CampaignQuery): Promise<void>;
}

/** Who reads it. Every method throws `UnavailableError` when the store has not answered by its deadline. */
export interface CampaignReader {
  /** The account's campaigns, newest first. */
  listCampaigns(query: CampaignsQuery): Promise<Page<Campaign, CampaignPosition>>;

  /** Null when nobody has heard of the campaign. */
  findCampaign(query: CampaignQuery): Promise<Campaign | null>;

  /** A campaign with its counts, strongly consistent; null when nobody has heard of it. */
  readCampaign(query: CampaignQuery): Promise<CountedCampaign | null>;

  /**
   * The rows of one outcome, in the order of their hashes. A page costs the same however large the campaign is;
   * what has expired is left out, so that it may be short or empty and still have a next one.
   */
  listRows(query: RowsQuery): Promise<Page<CampaignRow, RowPosition>>;
}

export interface RowsWrite {
  readonly rows: readonly CampaignRow[];
  /** From when the retention runs. */
  readonly now: Instant;
  readonly deadlineAt: Instant;
}

export interface Campaign {
  readonly campaign: string;
  /** When Rebound first heard of it. */
  readonly firstSeenAt: Instant;
}

export interface CountedCampaign extends Campaign {
  readonly counts: CampaignCounts;
}

/** The last campaign of a page. */
export type CampaignPosition = Readonly<Record<'campaign' | 'firstSeenAt', string>>;

/** The last row of a page. */
export type RowPosition = Readonly<Record<'addressHash', string>>;

export interface CampaignsQuery {
  readonly account: string;
  /** 1 to 1,000. */
  readonly limit: number;
  readonly after: CampaignPosition | null;
  readonly deadlineAt: Instant;
}

export interface CampaignQuery {
  readonly account: string;
  readonly campaign: string;
  readonly now: Instant;
  readonly deadlineAt: Instant;
}

export interface RowsQuery extends CampaignQuery {
  readonly outcome: Outcome;
  /** Rows to read, 1 to 1,000. */
  readonly limit: number;
  readonly after: RowPosition | null;
}
