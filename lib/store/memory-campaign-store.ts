import { compareText } from '../policy/bounce-order.ts';
import { campaignCounts, countChange, sumOf } from '../policy/campaign-counts.ts';
import { compareRows } from '../policy/campaign-row.ts';
import type { Campaign, CampaignStore } from './campaign-port.ts';
import { expiryOf, type StoredCounts, type StoredRow, shardOf } from './items/campaign-item.ts';
import { positionOf } from './items/campaign-registry-item.ts';

/** The twin of the DynamoDB store: the same promises, kept by being single-threaded. */
export function createMemoryCampaignStore({
  retentionInDays,
}: {
  readonly retentionInDays: number;
}): CampaignStore {
  const campaigns = new Map<string, Campaign & { readonly account: string }>();
  const rows = new Map<string, StoredRow>();
  const counts = new Map<string, StoredCounts>();

  return {
    async writeRows({ rows: written, now }) {
      const expiresAt = expiryOf(now, retentionInDays) * 1000;
      for (const row of written) {
        const name = keyOf(row.account, row.campaign, row.outcome, row.addressHash);
        const known = rows.get(name);
        if (known !== undefined && compareRows(row, known.row) <= 0) {
          continue;
        }
        const before = known !== undefined && known.expiresAt > now ? known.row : null;
        const shard = keyOf(row.account, row.campaign, shardOf(row.addressHash));
        const sum = sumOf([counts.get(shard)?.counts ?? new Map(), countChange(before, row)]);
        rows.set(name, { row, version: (known?.version ?? 0) + 1, expiresAt });
        counts.set(shard, { counts: sum, expiresAt });
      }
    },
    async registerCampaign({ account, campaign, now }) {
      const name = keyOf(account, campaign);
      campaigns.set(name, campaigns.get(name) ?? { account, campaign, firstSeenAt: now });
    },
    async listCampaigns({ account, limit, after }) {
      const listed = [...campaigns.values()]
        .filter((campaign) => campaign.account === account)
        .map(({ campaign, firstSeenAt }) => ({ campaign, firstSeenAt }));
      const position = (one: Campaign) => keyOf(...Object.values(positionOf(one)).reverse());
      listed.sort((a, b) => compareText(position(b), position(a)));
      const rest =
        after === null
          ? listed
          : listed.filter((one) => compareText(position(one), keyOf(after.firstSeenAt, after.campaign)) < 0);
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return { items, next: rest.length > limit && last !== undefined ? positionOf(last) : null };
    },
    async readCampaign({ account, campaign, now }) {
      const known = campaigns.get(keyOf(account, campaign));
      if (known === undefined) {
        return null;
      }
      const shards = [...counts].filter(
        ([shard, { expiresAt }]) => shard.startsWith(keyOf(account, campaign, '')) && expiresAt > now,
      );
      const { firstSeenAt } = known;
      return {
        campaign,
        firstSeenAt,
        counts: campaignCounts(sumOf(shards.map(([, shard]) => shard.counts))),
      };
    },
    async listRows({ account, campaign, outcome, limit, after, now }) {
      const all = [...rows.values()]
        .filter(({ row }) => row.account === account && row.campaign === campaign && row.outcome === outcome)
        .sort((a, b) => compareText(placeOf(a.row), placeOf(b.row)));
      const rest = after === null ? all : all.filter(({ row }) => placeOf(row) > placeOf(after));
      const read = rest.slice(0, limit);
      const last = read.at(-1);
      return {
        items: read.filter(({ expiresAt }) => expiresAt > now).map(({ row }) => row),
        next: rest.length > limit && last !== undefined ? { addressHash: last.row.addressHash } : null,
      };
    },
  };
}

/** No part holds a `#`. */
function keyOf(...parts: readonly string[]): string {
  return parts.join('#');
}

/** Shard after shard, within each by hash. */
function placeOf({ addressHash }: { readonly addressHash: string }): string {
  return keyOf(shardOf(addressHash), addressHash);
}
