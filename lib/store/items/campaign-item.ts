import type { ClassCounts } from '../../policy/campaign-counts.ts';
import {
  BOUNCE_KINDS,
  type CampaignRow,
  KEPT_CODES,
  KEPT_LAYERS,
  type Outcome,
  type RecipientKey,
} from '../../policy/campaign-row.ts';
import { REASONS } from '../../policy/reason.ts';
import { DAY_IN_MS, type Instant } from '../../policy/time.ts';
import { type Item, ItemReader, writeInstant } from './item.ts';

/** The parts of a campaign: the first hexadecimal digits of its recipients' hashes. */
export const SHARDS = [...'0123456789abcdef'] as const;

type CampaignKey = Omit<RecipientKey, 'addressHash'>;

/** A row as it is stored. */
export interface StoredRow {
  readonly row: CampaignRow;
  readonly version: number;
  readonly expiresAt: Instant;
}

/** The counts of one shard as they are stored. */
export interface StoredCounts {
  readonly counts: ClassCounts;
  readonly expiresAt: Instant;
}

const COUNT = 'count';
const COUNTED_CLASS = /^(?:bounced|not-sent)#/;

/** The shard of an address, by its hash. */
export function shardOf(addressHash: string): string {
  return Buffer.from(addressHash, 'base64url').toString('hex', 0, 1).charAt(0);
}

/** The partition key of one shard of a campaign. Neither id holds a `#`. */
export function shardKey({ account, campaign }: CampaignKey, shard: string): string {
  return `${account}#${campaign}#${shard}`;
}

/** The key of a recipient's row. */
export function rowKey({ addressHash, outcome, ...campaign }: RecipientKey & { outcome: Outcome }): Item {
  return {
    campaignShard: shardKey(campaign, shardOf(addressHash)),
    recipient: `${rowPrefix(outcome)}${addressHash}`,
  };
}

/** What the sort keys of all rows of an outcome begin with. */
export function rowPrefix(outcome: Outcome): string {
  return `${outcome}#`;
}

/** The key of a shard's counts. */
export function countKey(campaign: CampaignKey, shard: string): Item {
  return { campaignShard: shardKey(campaign, shard), recipient: COUNT };
}

/** When what is written now expires, in whole seconds since 1970, as DynamoDB's time to live takes it. */
export function expiryOf(now: Instant, retentionInDays: number): number {
  return Math.floor((now + retentionInDays * DAY_IN_MS) / 1000);
}

/** A row with its key, without version and expiry. */
export function writeRowItem(row: CampaignRow): Item {
  const { kind, code, reason, rule, layer, status, diagnostic, at, feedbackId } = row;
  return {
    ...rowKey(row),
    kind: kind ?? undefined,
    code: code ?? undefined,
    reason: reason ?? undefined,
    rule,
    layer: layer ?? undefined,
    status: status ?? undefined,
    diagnostic: diagnostic ?? undefined,
    at: writeInstant(at),
    feedbackId,
  };
}

export function readRowItem(item: Item): StoredRow {
  const reader = new ItemReader(item, 'campaign row');
  const [account = '', campaign = ''] = reader.text('campaignShard').split('#');
  const recipient = reader.text('recipient');
  const outcome = recipient.startsWith(rowPrefix('bounced')) ? 'bounced' : 'not-sent';
  const row: CampaignRow = {
    account,
    campaign,
    outcome,
    addressHash: recipient.slice(rowPrefix(outcome).length),
    kind: reader.oneOfOrNull('kind', BOUNCE_KINDS),
    code: reader.oneOfOrNull('code', KEPT_CODES),
    reason: reader.oneOfOrNull('reason', REASONS),
    rule: reader.text('rule'),
    layer: reader.oneOfOrNull('layer', KEPT_LAYERS),
    status: reader.textOrNull('status'),
    diagnostic: reader.textOrNull('diagnostic'),
    at: reader.instantOrNull('at'),
    feedbackId: reader.text('feedbackId'),
  };
  return { row, version: reader.whole('v'), expiresAt: readExpiry(reader) };
}

/** Reads the counts of a shard. Each class has an attribute of its own. */
export function readCountItem(item: Item): StoredCounts {
  const reader = new ItemReader(item, 'campaign counts');
  const classes = reader.names.filter((name) => COUNTED_CLASS.test(name));
  return {
    counts: new Map(classes.map((name) => [name, reader.whole(name)])),
    expiresAt: readExpiry(reader),
  };
}

function readExpiry(reader: ItemReader): Instant {
  return reader.whole('expiresAt') * 1000;
}
