import { describe } from '@jest/globals';
import { createMemoryCampaignStore } from '../../lib/store/memory-campaign-store.ts';
import { campaignContract, RETENTION_IN_DAYS } from './campaign-contract.ts';

describe('the campaigns in memory', () => {
  const store = createMemoryCampaignStore({ retentionInDays: RETENTION_IN_DAYS });
  campaignContract(() => store);
});
