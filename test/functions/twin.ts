import type { CampaignStore } from '../../lib/store/campaign-port.ts';
import { createMemoryCampaignStore } from '../../lib/store/memory-campaign-store.ts';
import { createMemoryStore, type MemoryStore } from '../../lib/store/memory-store.ts';

/** All stores in memory, as one object. */
export type Twin = MemoryStore & CampaignStore;

export function createTwin(): Twin {
  return {
    ...createMemoryStore({ defaultAccount: 'default' }),
    ...createMemoryCampaignStore({ retentionInDays: 400 }),
  };
}
