import { accountContract } from './contract-accounts.ts';
import { addressContract } from './contract-addresses.ts';
import { unbounceContract } from './contract-unbounces.ts';
import type { StoreUnderTest } from './store-under-test.ts';

/** Everything that `lib/store/port.ts` promises; `opened` gives the store once tests run. */
export function storeContract(opened: () => StoreUnderTest): void {
  addressContract(opened);
  accountContract(opened);
  unbounceContract(opened);
}
