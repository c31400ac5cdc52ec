import { type Instant, toIso } from '../../policy/time.ts';
import type { Campaign, CampaignPosition } from '../campaign-port.ts';
import { type Item, ItemReader } from './item.ts';

/** What the sort keys of an account's list of campaigns begin with. */
export const LISTED = 'campaigns#';

/** The key that says whether a campaign of the account is known. */
export function campaignKey(account: string, campaign: string): Item {
  return { account, item: `campaign#${campaign}` };
}

/** The key of a campaign in the account's list, which sorts by time. */
export function listedKey(account: string, { campaign, firstSeenAt }: CampaignPosition): Item {
  return { account, item: `${LISTED}${firstSeenAt}#${campaign}` };
}

/** The two items of a campaign: one to find it by its id, one to list it by its time. */
export function writeCampaignItems(
  account: string,
  { campaign, firstSeenAt }: Campaign,
): readonly [Item, Item] {
  const seen = { campaign, firstSeenAt: toIso(firstSeenAt) };
  return [
    { ...campaignKey(account, campaign), ...seen },
    { ...listedKey(account, seen), ...seen },
  ];
}

export function readCampaignItem(item: Item): Campaign {
  const reader = new ItemReader(item, 'campaign');
  return { campaign: reader.text('campaign'), firstSeenAt: reader.instant('firstSeenAt') };
}

/** Where a list goes on after a campaign. */
export function positionOf({
  campaign,
  firstSeenAt,
}: {
  campaign: string;
  firstSeenAt: Instant;
}): CampaignPosition {
  return { campaign, firstSeenAt: toIso(firstSeenAt) };
}
