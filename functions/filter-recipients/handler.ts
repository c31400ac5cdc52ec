import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import type { Answer } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { quotaOf } from '../../lib/policy/quota.ts';
import { type Recipient, readRecipients } from '../../lib/policy/recipients.ts';
import { accountRefusals } from '../../lib/policy/refusal.ts';
import { monthOf } from '../../lib/policy/time.ts';
import { DUPLICATE, INVALID_ADDRESS, type Verdict, verdictOf } from '../../lib/policy/verdict.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { AccountStore, AddressStore, UnbounceStore } from '../../lib/store/port.ts';
import { allOf } from '../../lib/work-pool.ts';
import { filterAnswer, type NotSentRecipient } from './filter-answer.ts';
import { readFilterRequest } from './filter-request.ts';
import { type AuditStores, keepNotSent } from './keep-not-sent.ts';

export interface FilterDependencies extends Omit<ApiDependencies, 'routes'>, AuditStores {
  readonly addresses: Pick<AddressStore, 'readStatuses' | 'readRecords' | 'updateAddress'>;
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly unbounces: Pick<UnbounceStore, 'readUsed'>;
  readonly policy: Policy;
}

/** Answers before a send: who of the recipients may be mailed, and why the others may not. */
export function createHandler(deps: FilterDependencies) {
  const handle = (request: ApiRequest) => filterRecipients(request, deps);
  return createApiHandler({
    ...deps,
    routes: { 'POST /v1/accounts/{account}/recipients/filter': { scope: 'recipients:filter', handle } },
  });
}

async function filterRecipients(request: ApiRequest, deps: FilterDependencies): Promise<Answer> {
  const { account: id, receivedAt: now, deadlineAt } = request;
  const { addresses, accounts, unbounces, policy, telemetry } = deps;
  const { recipients: written, campaign } = readFilterRequest(request.readBody());
  const recipients = readRecipients(written);
  const hashes = recipients.map(hashOf);
  const [account, used, statuses] = await allOf([
    accounts.readAccount(id, deadlineAt).then(knownAccount),
    unbounces.readUsed({ account: id, month: monthOf(now), deadlineAt }),
    addresses.readStatuses(presentIn(hashes), deadlineAt),
  ]);
  const send: string[] = [];
  const held: Omit<NotSentRecipient, 'record'>[] = [];
  for (const [index, recipient] of recipients.entries()) {
    const hash = hashes[index] ?? null;
    const status = (hash !== null && statuses.get(hash)) || null;
    const verdict = inputVerdict(recipient) ?? verdictOf(status, { account: id, now });
    if (verdict.rule === 'P1') {
      send.push(recipient.written);
    } else {
      held.push({ recipient, hash, status, verdict });
    }
  }
  const addressHashes = presentIn(held.map(({ hash }) => hash));
  const records = await addresses.readRecords({ account: id, addressHashes, deadlineAt });
  const notSent = held.map((one) => ({
    ...one,
    record: (one.hash !== null && records.get(one.hash)) || null,
  }));
  const quota = quotaOf({ contacts: account.contacts, used, now });
  const body = filterAnswer(send, notSent, {
    account: id,
    policy,
    now,
    accountRefusals: accountRefusals(account, quota).map(({ rule }) => rule),
  });
  if (campaign !== null) {
    await keepNotSent(notSent, { account: id, campaign, now, deadlineAt }, deps);
  }
  telemetry.count('Verdict', { Code: 'send' }, body.counts.send);
  for (const [code, amount] of Object.entries(body.counts.byCode)) {
    telemetry.count('Verdict', { Code: code }, amount);
  }
  return { status: 200, body };
}

/** Only the first of equal addresses is looked up. */
function hashOf({ address, isDuplicate }: Recipient): string | null {
  return address === null || isDuplicate ? null : addressHash(address);
}

function presentIn(hashes: readonly (string | null)[]): readonly string[] {
  return hashes.filter((hash) => hash !== null);
}

function inputVerdict({ address, isDuplicate }: Recipient): Verdict | null {
  if (address === null) {
    return INVALID_ADDRESS;
  }
  return isDuplicate ? DUPLICATE : null;
}
