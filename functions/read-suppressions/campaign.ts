import { knownAccount } from '../../lib/http/known-account.ts';
import { type Answer, ProblemError } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { isCampaignId } from '../../lib/policy/account.ts';
import { toIso } from '../../lib/policy/time.ts';
import type { CampaignQuery, CampaignReader } from '../../lib/store/campaign-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { allOf } from '../../lib/work-pool.ts';

export interface CampaignDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly campaigns: Pick<CampaignReader, 'readCampaign'>;
}

/** A campaign with its counts: `GET /v1/accounts/{account}/campaigns/{campaign}`. */
export async function readCampaign(
  request: ApiRequest,
  { accounts, campaigns }: CampaignDependencies,
): Promise<Answer> {
  const query = readCampaignQuery(request);
  const [, campaign] = await allOf([
    accounts.readAccount(query.account, query.deadlineAt).then(knownAccount),
    campaigns.readCampaign(query),
  ]);
  const { firstSeenAt, counts } = knownCampaign(campaign);
  return { status: 200, body: { campaign: query.campaign, firstSeenAt: toIso(firstSeenAt), counts } };
}

/** The campaign that a path names. Throws ProblemError `invalid_campaign`. */
export function readCampaignQuery({ account, path, receivedAt, deadlineAt }: ApiRequest): CampaignQuery {
  const { campaign = '' } = path;
  if (!isCampaignId(campaign)) {
    throw new ProblemError(
      'invalid_campaign',
      'A campaign id is 1 to 256 letters, digits, "_", ".", "@" and "-".',
    );
  }
  return { account, campaign, now: receivedAt, deadlineAt };
}

/** Throws ProblemError `unknown_campaign` when nobody has heard of it. */
export function knownCampaign<T>(campaign: T | null): T {
  if (campaign === null) {
    throw new ProblemError(
      'unknown_campaign',
      'Take a campaign of the list at /v1/accounts/{account}/campaigns. One gets there by the first filter call or the first bounce that names it.',
    );
  }
  return campaign;
}
