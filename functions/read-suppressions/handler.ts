import { keyOf, type LookupStores, readSnapshot } from '../../lib/address-lookup.ts';
import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { listRoute } from '../../lib/http/list-route.ts';
import { type PathAddress, readPathAddress } from '../../lib/http/path-address.ts';
import type { Answer } from '../../lib/http/problem.ts';
import { quotaAnswer } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import type { AddressRecord } from '../../lib/policy/address-record.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { quotaOf } from '../../lib/policy/quota.ts';
import { monthOf } from '../../lib/policy/time.ts';
import type { ReputationReader } from '../../lib/ses/reputation.ts';
import type { BounceCountReader } from '../../lib/store/bounce-count-port.ts';
import type { CampaignReader } from '../../lib/store/campaign-port.ts';
import type { LedgerStore } from '../../lib/store/ledger-port.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import { allOf } from '../../lib/work-pool.ts';
import { readCampaign } from './campaign.ts';
import type { JoiningStore } from './joined-addresses.ts';
import { CAMPAIGNS_FILE, listCampaigns } from './list-campaigns.ts';
import { listRecipients, RECIPIENTS_FILE } from './list-recipients.ts';
import { listSuppressions, SUPPRESSIONS_FILE } from './list-suppressions.ts';
import { listUnbounces, UNBOUNCES_FILE } from './list-unbounces.ts';
import { readStats } from './stats.ts';
import { suppressionAnswer } from './suppression-answer.ts';

export interface ReadDependencies extends Omit<ApiDependencies, 'routes'>, LookupStores {
  readonly addresses: Pick<AddressStore, 'readAddress' | 'listSuppressions'> & JoiningStore;
  readonly campaigns: CampaignReader;
  readonly ledger: LedgerStore;
  readonly bounceCounts: BounceCountReader;
  readonly reputation: ReputationReader;
  readonly policy: Policy;
}

/** Answers what is known: one address with its dry run, an account's suppressions, quota, unbounces, campaigns and bounces by day. */
export function createHandler(deps: ReadDependencies) {
  const route = (handle: (request: ApiRequest, deps: ReadDependencies) => Promise<Answer>) =>
    ({ scope: 'suppressions:read', handle: (request: ApiRequest) => handle(request, deps) }) as const;
  return createApiHandler({
    ...deps,
    routes: {
      'GET /v1/accounts/{account}/suppressions': route(listRoute(SUPPRESSIONS_FILE, listSuppressions)),
      'GET /v1/accounts/{account}/suppressions/{address}': route(readSuppression),
      'GET /v1/accounts/{account}/unbounce-quota': route(readQuota),
      'GET /v1/accounts/{account}/stats': route(readStats),
      'GET /v1/accounts/{account}/unbounces': route(listRoute(UNBOUNCES_FILE, listUnbounces)),
      'GET /v1/accounts/{account}/campaigns': route(listRoute(CAMPAIGNS_FILE, listCampaigns)),
      'GET /v1/accounts/{account}/campaigns/{campaign}': route(readCampaign),
      'GET /v1/accounts/{account}/campaigns/{campaign}/recipients': route(
        listRoute(RECIPIENTS_FILE, listRecipients),
      ),
    },
  });
}

async function readSuppression(request: ApiRequest, deps: ReadDependencies): Promise<Answer> {
  const address = readPathAddress(request);
  const key = keyOf(request, address);
  const snapshot = await readSnapshot(key, request, deps);
  const body = suppressionAnswer({
    id: key.addressHash,
    address: shownAddress(address, snapshot.record),
    snapshot,
    policy: deps.policy,
    now: request.receivedAt,
  });
  return { status: 200, body };
}

/** After an erasure only the asker knows the address, and sees it as asked. */
function shownAddress(asked: PathAddress, { address, erasedAt }: AddressRecord): string | null {
  if (asked.kind === 'id') {
    return address;
  }
  return address === null && erasedAt !== null ? asked.written : asked.canonical;
}

async function readQuota(request: ApiRequest, { accounts, unbounces }: ReadDependencies): Promise<Answer> {
  const { account: id, receivedAt: now, deadlineAt } = request;
  const [account, used] = await allOf([
    accounts.readAccount(id, deadlineAt).then(knownAccount),
    unbounces.readUsed({ account: id, month: monthOf(now), deadlineAt }),
  ]);
  const { contacts } = account;
  return { status: 200, body: { ...quotaAnswer(quotaOf({ contacts, used, now })), contacts } };
}
