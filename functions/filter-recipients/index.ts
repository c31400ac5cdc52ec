import { createApiDoor } from '../../lib/api-door.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoCampaignWriter } from '../../lib/store/dynamo-campaign-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createHandler } from './handler.ts';

const environment = createEnvironment(process.env);
const { api, dynamo } = createApiDoor(environment, {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
  campaignRecipients: environment.text('CAMPAIGN_RECIPIENTS_TABLE'),
});

export const handler = createHandler({
  ...api,
  addresses: createDynamoAddressStore(dynamo),
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  campaigns: createDynamoCampaignWriter(dynamo, {
    retentionInDays: environment.count('CAMPAIGN_RETENTION_IN_DAYS'),
  }),
  unbounces: createDynamoUnbounceStore(dynamo),
  policy: loadPolicy(environment.json('POLICY_OVERRIDES')),
});
