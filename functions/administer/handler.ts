import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { listRoute } from '../../lib/http/list-route.ts';
import { type Answer, problem } from '../../lib/http/problem.ts';
import { accountAnswer } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { type Account, type SendingIdentity, unsetAccount } from '../../lib/policy/account.ts';
import { quotaOf } from '../../lib/policy/quota.ts';
import { monthOf } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AccountStore, UnbounceStore } from '../../lib/store/port.ts';
import { readAccountRequest } from './account-request.ts';
import { type EraseDependencies, eraseAddress } from './erase-address.ts';
import { type GlobalBounceDependencies, readGlobalBounce, releaseAddress } from './global-bounce.ts';
import type { IdentityVerifier } from './identity-verifier.ts';
import { ACCOUNTS_FILE, listAccounts } from './list-accounts.ts';

export interface AdministerDependencies
  extends Omit<ApiDependencies, 'routes'>,
    Pick<GlobalBounceDependencies, 'policy' | 'asksSes'>,
    Pick<EraseDependencies, 'addresses'> {
  readonly accounts: Pick<AccountStore, 'readAccount' | 'saveAccount' | 'listAccounts'>;
  readonly operator: OperatorStore;
  readonly unbounces: Pick<UnbounceStore, 'readUsed'>;
  readonly identities: IdentityVerifier;
}

/** Registers accounts and keeps their settings, releases and erases addresses. */
export function createHandler(deps: AdministerDependencies) {
  const list = listRoute(ACCOUNTS_FILE, listAccounts);
  return createApiHandler({
    ...deps,
    routes: {
      'GET /v1/accounts': { scope: 'operator', handle: (request) => list(request, deps) },
      'GET /v1/accounts/{account}': {
        scope: 'suppressions:read',
        handle: (request) => readAccount(request, deps),
      },
      'PUT /v1/accounts/{account}': { scope: 'operator', handle: (request) => saveAccount(request, deps) },
      'GET /v1/global-bounces/{address}': {
        scope: 'operator',
        handle: (request) => readGlobalBounce(request, deps),
      },
      'POST /v1/global-bounces/{address}/release': {
        scope: 'operator',
        handle: (request) => releaseAddress(request, deps),
      },
      'DELETE /v1/addresses/{address}': {
        scope: 'operator',
        handle: (request) => eraseAddress(request, deps),
      },
    },
  });
}

async function readAccount(request: ApiRequest, deps: AdministerDependencies): Promise<Answer> {
  const account = knownAccount(await deps.accounts.readAccount(request.account, request.deadlineAt));
  return await answerOf(account, request, deps);
}

async function saveAccount(request: ApiRequest, deps: AdministerDependencies): Promise<Answer> {
  const { account: id, deadlineAt } = request;
  const asked = readAccountRequest(request.readBody());
  while (deps.clock() < deadlineAt) {
    const before = (await deps.accounts.readAccount(id, deadlineAt)) ?? unsetAccount(id);
    const result = await deps.accounts.saveAccount(
      {
        before,
        contacts: asked.contacts ?? before.contacts,
        sendingIdentities: await checkIdentities(
          asked.sendingIdentities ?? before.sendingIdentities.map(({ name }) => name),
          request,
          deps,
        ),
      },
      deadlineAt,
    );
    switch (result.outcome) {
      case 'saved':
        return await answerOf(result.account, request, deps);
      case 'identity_taken':
        return problem(
          'identity_taken',
          `Another account has registered ${result.identities.join(', ')}. Leave it out here, or take it from that account first.`,
        );
      case 'lost':
        continue;
    }
  }
  throw new UnavailableError('Other writers were first until the deadline.');
}

/** Every PUT asks again about every identity: what was unverified may have been verified since. */
async function checkIdentities(
  names: readonly string[],
  { receivedAt: now, deadlineAt }: ApiRequest,
  { identities }: AdministerDependencies,
): Promise<readonly SendingIdentity[]> {
  const checked: SendingIdentity[] = [];
  for (const name of names) {
    checked.push({ name, verification: await identities.verify(name, deadlineAt), checkedAt: now });
  }
  return checked;
}

async function answerOf(
  account: Account,
  { receivedAt: now, deadlineAt }: ApiRequest,
  { unbounces }: AdministerDependencies,
): Promise<Answer> {
  const used = await unbounces.readUsed({ account: account.id, month: monthOf(now), deadlineAt });
  return { status: 200, body: accountAnswer(account, quotaOf({ contacts: account.contacts, used, now })) };
}
