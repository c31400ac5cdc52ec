import { type CursorList, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { readLimit } from '../../lib/http/list-query.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { isInstant, readPosition } from '../../lib/http/positions.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { isCampaignId } from '../../lib/policy/account.ts';
import { toIso } from '../../lib/policy/time.ts';
import type { CampaignReader } from '../../lib/store/campaign-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';

export interface CampaignsDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly campaigns: Pick<CampaignReader, 'listCampaigns'>;
}

interface CampaignRow {
  readonly campaign: string;
  readonly firstSeenAt: string;
}

export const CAMPAIGNS_FILE: ListFile<CampaignRow> = {
  name: ({ account }) => `${account}-campaigns`,
  columns: ['campaign', 'firstSeenAt'],
};

/** The account's campaigns, newest first. */
export async function listCampaigns(
  { account, query, deadlineAt }: ApiRequest,
  { accounts, campaigns }: CampaignsDependencies,
): Promise<ListPage<CampaignRow>> {
  const list: CursorList = { account, list: 'campaigns' };
  const after = readPosition(list, query['cursor'], { campaign: isCampaignId, firstSeenAt: isInstant });
  const limit = readLimit(query);
  knownAccount(await accounts.readAccount(account, deadlineAt));
  const page = await campaigns.listCampaigns({ account, limit, after, deadlineAt });
  const items = page.items.map(({ campaign, firstSeenAt }) => ({
    campaign,
    firstSeenAt: toIso(firstSeenAt),
  }));
  return { items, cursor: page.next === null ? null : writeCursor(list, page.next) };
}
