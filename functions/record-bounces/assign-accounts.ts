import type { Instant } from '../../lib/policy/time.ts';
import type { AccountCandidate } from '../../lib/ses/sender.ts';
import type { AccountStore, Senders } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';

export interface Assignment {
  readonly accounts: Pick<AccountStore, 'findSenders'>;
  readonly defaultAccount: string;
  readonly telemetry: Telemetry;
}

/**
 * Finds the account of every mail in one read: the first candidate that is registered, else the default
 * account. Candidates that were passed over are counted.
 */
export async function assignAccounts(
  candidates: readonly (readonly AccountCandidate[])[],
  { accounts, defaultAccount, telemetry }: Assignment,
  deadlineAt: Instant,
): Promise<readonly string[]> {
  const all = candidates.flat();
  const senders = await accounts.findSenders({
    accounts: distinct(all.flatMap((candidate) => (candidate.kind === 'account' ? [candidate.id] : []))),
    identities: distinct(all.flatMap((candidate) => (candidate.kind === 'identity' ? [candidate.name] : []))),
    deadlineAt,
  });
  return candidates.map((claims) => {
    const found = claims.findIndex((claim) => accountOf(claim, senders) !== null);
    const passedOver = found === -1 ? claims : claims.slice(0, found);
    for (const by of distinct(passedOver.map((claim) => claim.by))) {
      telemetry.count('AccountNotRegistered', { By: by });
    }
    const claim = claims[found];
    return (claim && accountOf(claim, senders)) ?? defaultAccount;
  });
}

function accountOf(claim: AccountCandidate, { registered, owners }: Senders): string | null {
  switch (claim.kind) {
    case 'account':
      return registered.has(claim.id) ? claim.id : null;
    case 'identity':
      return owners.get(claim.name) ?? null;
  }
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
