import { type CursorList, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { readChoice, readLimit, readOptionalChoice } from '../../lib/http/list-query.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { isAddressHash, readPosition } from '../../lib/http/positions.ts';
import { isoOrNull } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { type CampaignRow, OUTCOMES } from '../../lib/policy/campaign-row.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import type { CampaignReader } from '../../lib/store/campaign-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { allOf } from '../../lib/work-pool.ts';
import { knownCampaign, readCampaignQuery } from './campaign.ts';
import { type JoinedAddress, type JoiningStore, joinAddresses } from './joined-addresses.ts';

export interface RecipientsDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly addresses: JoiningStore;
  readonly campaigns: Pick<CampaignReader, 'findCampaign' | 'listRows'>;
}

type RecipientRow = ReturnType<typeof rowAnswer>;

export const RECIPIENTS_FILE: ListFile<RecipientRow> = {
  name: ({ account, path, query }) => `${account}-${path['campaign']}-${query['outcome']}`,
  columns: [
    'id',
    'address',
    'erased',
    'outcome',
    'kind',
    'code',
    'reason',
    'rule',
    'layer',
    'status',
    'diagnostic',
    'at',
  ],
};

/** Who bounced, or was not sent to, in a campaign. A page may be short: other reasons and what has expired are left out. */
export async function listRecipients(
  request: ApiRequest,
  { accounts, addresses, campaigns }: RecipientsDependencies,
): Promise<ListPage<RecipientRow>> {
  const { account, deadlineAt, query } = request;
  const campaign = readCampaignQuery(request);
  const outcome = readChoice(query, 'outcome', OUTCOMES);
  const reason = readOptionalChoice(query, 'reason', REASONS);
  const list: CursorList = { account, list: `recipients ${campaign.campaign} ${outcome} ${reason ?? ''}` };
  const after = readPosition(list, query['cursor'], { addressHash: isAddressHash });
  const limit = readLimit(query);
  const [page, found] = await allOf([
    campaigns.listRows({ ...campaign, outcome, limit, after }),
    campaigns.findCampaign(campaign),
    accounts.readAccount(account, deadlineAt).then(knownAccount),
  ]);
  knownCampaign(found);
  const rows = page.items.filter((row) => reason === null || row.reason === reason);
  const addressHashes = rows.map(({ addressHash }) => addressHash);
  const joined = await joinAddresses({ account, addressHashes, deadlineAt }, addresses);
  return {
    items: rows.map((row) => rowAnswer(row, joined(row.addressHash))),
    cursor: page.next === null ? null : writeCursor(list, page.next),
  };
}

function rowAnswer(row: CampaignRow, { address, erased }: JoinedAddress) {
  return {
    id: row.addressHash,
    address,
    erased,
    outcome: row.outcome,
    kind: row.kind,
    code: row.code,
    reason: row.reason,
    rule: row.rule,
    layer: row.layer,
    status: row.status,
    diagnostic: row.diagnostic,
    at: isoOrNull(row.at),
  };
}
