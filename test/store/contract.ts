import type { Unbounce } from '../../lib/policy/address-record.ts';
import { accountContract } from './contract-accounts.ts';
import { addressContract } from './contract-addresses.ts';
import { unbounceContract } from './contract-unbounces.ts';
import type { Stores } from './scene.ts';

/** A store that is held to its promises, and what the promises do not let a caller see. */
export interface StoreUnderTest {
  readonly store: Stores;
  ledgerOf(account: string): Promise<readonly LedgerEntry[]>;
}

export interface LedgerEntry {
  readonly addressHash: string;
  readonly unbounce: Unbounce;
}

/** Everything that `lib/store/port.ts` promises; `opened` gives the store once tests run. */
export function storeContract(opened: () => StoreUnderTest): void {
  addressContract(opened);
  accountContract(opened);
  unbounceContract(opened);
}
