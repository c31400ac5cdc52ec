import type { BounceCountReader, BounceCountWriter } from '../../lib/store/bounce-count-port.ts';
import type { CampaignReader, CampaignWriter } from '../../lib/store/campaign-port.ts';
import type { LedgerStore } from '../../lib/store/ledger-port.ts';
import { createMemoryBounceCountStore } from '../../lib/store/memory-bounce-count-store.ts';
import { createMemoryCampaignStore } from '../../lib/store/memory-campaign-store.ts';
import { createMemoryLedgerStore } from '../../lib/store/memory-ledger-store.ts';
import { createMemoryStore, type MemoryStore } from '../../lib/store/memory-store.ts';

/** All stores in memory, as one object. */
export type Twin = MemoryStore &
  CampaignReader &
  CampaignWriter &
  BounceCountReader &
  BounceCountWriter &
  LedgerStore;

export function createTwin(): Twin {
  const store = createMemoryStore({ defaultAccount: 'default' });
  return {
    ...store,
    ...createMemoryCampaignStore({ retentionInDays: 400 }),
    ...createMemoryLedgerStore(store),
    ...createMemoryBounceCountStore(),
  };
}
