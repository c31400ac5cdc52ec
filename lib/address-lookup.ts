import { knownAccount } from './http/known-account.ts';
import type { PathAddress } from './http/path-address.ts';
import type { ApiRequest } from './http/request.ts';
import { monthOf } from './policy/time.ts';
import type { UnbounceSnapshot } from './policy/unbounce.ts';
import { addressHash } from './store/address-hash.ts';
import type { AccountStore, AddressKey, AddressStore, UnbounceStore } from './store/port.ts';
import { allOf } from './work-pool.ts';

export interface LookupStores {
  readonly addresses: Pick<AddressStore, 'readAddress'>;
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly unbounces: Pick<UnbounceStore, 'readUsed'>;
}

/** The key of the address that a path names. */
export function keyOf({ account }: ApiRequest, address: PathAddress): AddressKey {
  return { account, addressHash: address.kind === 'address' ? addressHash(address.canonical) : address.hash };
}

/**
 * All that an unbounce is decided from. The address is read last: a grant that it does not show yet has not been
 * counted yet either. Throws ProblemError `unknown_account`.
 */
export async function readSnapshot(
  key: AddressKey,
  { receivedAt, deadlineAt }: Pick<ApiRequest, 'receivedAt' | 'deadlineAt'>,
  { addresses, accounts, unbounces }: LookupStores,
): Promise<UnbounceSnapshot> {
  const [account, used] = await allOf([
    accounts.readAccount(key.account, deadlineAt).then(knownAccount),
    unbounces.readUsed({ account: key.account, month: monthOf(receivedAt), deadlineAt }),
  ]);
  return { account, ...(await addresses.readAddress(key, deadlineAt)), used };
}
