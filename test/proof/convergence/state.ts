import type { CampaignCounts } from '../../../lib/policy/campaign-counts.ts';
import type { CampaignRow } from '../../../lib/policy/campaign-row.ts';
import type { Day, Instant } from '../../../lib/policy/time.ts';

/** What both sides say of a world once everything has been told: the stores as read, the model as reckoned. */
export interface WorldState {
  /** By `account address`; accounts that know nothing of the address are left out. */
  readonly records: Readonly<Record<string, RecordState>>;
  /** By address. */
  readonly addresses: Readonly<Record<string, AddressState>>;
  /** By `account campaign`. */
  readonly campaigns: Readonly<Record<string, CampaignState>>;
  /** `reason body`, each once: a message may be parked again after a fault. */
  readonly parked: readonly string[];
}

export interface RecordState {
  readonly address: string | null;
  readonly spellings: readonly string[];
  readonly standing: readonly StandingState[];
  /** Of each reason the strike days that may still count, with the newest mail of each. */
  readonly strikes: Readonly<Record<string, Readonly<Record<Day, string>>>>;
  /** The last ten, newest first: time, feedback id, reason and campaign. */
  readonly bounces: readonly string[];
}

export interface StandingState {
  readonly key: string;
  readonly rule: string;
  readonly until: Instant | null;
  readonly sentAt: Instant;
  readonly feedbackId: string;
  readonly campaign: string | null;
}

export interface AddressState {
  readonly isGlobal: boolean;
  /** By account; rules and ends of what stands, in order. */
  readonly suppressedBy: Readonly<Record<string, readonly string[]>>;
  /** By account the first and the last day on which it called the address dead. */
  readonly deadReports: Readonly<Record<string, string>>;
  readonly marks: Readonly<Record<string, MarkState>>;
  readonly tenants: readonly string[];
  /** Until when SES is asked to have taken the address off its list; null where it is not asked. */
  readonly removalAt: Instant | null;
}

export interface MarkState {
  readonly sentAt: Instant | null;
  readonly markedAt: Instant | null;
  readonly listedFor: string;
  readonly until: Instant | null;
}

export type RowState = Omit<CampaignRow, 'account' | 'campaign' | 'addressHash' | 'diagnostic'>;

export interface CampaignState {
  /** By `outcome address`. */
  readonly rows: Readonly<Record<string, RowState>>;
  readonly counts: CampaignCounts;
}
