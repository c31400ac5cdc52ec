import { campaignCounts, countChange, sumOf } from '../policy/campaign-counts.ts';
import { compareRows } from '../policy/campaign-row.ts';
import type {
  Campaign,
  CampaignPosition,
  CampaignQuery,
  CampaignReader,
  CampaignWriter,
} from './campaign-port.ts';
import { expiryOf, type StoredCounts, type StoredRow, shardOf } from './items/campaign-item.ts';
import { positionOf } from './items/campaign-registry-item.ts';
import { pageOf } from './memory-page.ts';

/** The twin of the DynamoDB store: the same promises, kept by being single-threaded. */
export function createMemoryCampaignStore({
  retentionInDays,
}: {
  readonly retentionInDays: number;
}): CampaignReader & CampaignWriter {
  const campaigns = new Map<string, Campaign & { readonly account: string }>();
  const rows = new Map<string, StoredRow>();
  const counts = new Map<string, StoredCounts>();

  const findCampaign = async ({ account, campaign }: CampaignQuery): Promise<Campaign | null> => {
    const known = campaigns.get(keyOf(account, campaign));
    return known === undefined ? null : { campaign, firstSeenAt: known.firstSeenAt };
  };

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
      const { items, last } = pageOf(
        [...campaigns.values()].filter((campaign) => campaign.account === account),
        {
          limit,
          placeOf: (campaign) => byTime(positionOf(campaign)),
          after: after && byTime(after),
          isDescending: true,
        },
      );
      return {
        items: items.map(({ campaign, firstSeenAt }) => ({ campaign, firstSeenAt })),
        next: last && positionOf(last),
      };
    },
    findCampaign,
    async readCampaign(query) {
      const { account, campaign, now } = query;
      const known = await findCampaign(query);
      if (known === null) {
        return null;
      }
      const shards = [...counts].filter(
        ([shard, { expiresAt }]) => shard.startsWith(keyOf(account, campaign, '')) && expiresAt > now,
      );
      return { ...known, counts: campaignCounts(sumOf(shards.map(([, shard]) => shard.counts))) };
    },
    async listRows({ account, campaign, outcome, limit, after, now }) {
      const { items, last } = pageOf(
        [...rows.values()].filter(
          ({ row }) => row.account === account && row.campaign === campaign && row.outcome === outcome,
        ),
        { limit, placeOf: ({ row }) => byShard(row), after: after && byShard(after) },
      );
      return {
        items: items.filter(({ expiresAt }) => expiresAt > now).map(({ row }) => row),
        next: last && { addressHash: last.row.addressHash },
      };
    },
  };
}

/** No part holds a `#`. */
function keyOf(...parts: readonly string[]): string {
  return parts.join('#');
}

function byTime({ firstSeenAt, campaign }: CampaignPosition): string {
  return keyOf(firstSeenAt, campaign);
}

function byShard({ addressHash }: { readonly addressHash: string }): string {
  return keyOf(shardOf(addressHash), addressHash);
}
