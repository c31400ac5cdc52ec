import { describe } from '@jest/globals';
import { createMemoryStore } from '../../lib/store/memory-store.ts';
import { storeContract } from './contract.ts';
import { DEFAULT_ACCOUNT } from './scene.ts';

describe('the store in memory', () => {
  const store = createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT });
  storeContract(() => ({
    store,
    async ledgerOf(account) {
      return store.ledger
        .filter((row) => row.account === account)
        .map(({ addressHash, unbounce }) => ({ addressHash, unbounce }));
    },
  }));
});
