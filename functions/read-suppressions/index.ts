import { createApiDoor } from '../../lib/api-door.ts';
import { createCloudWatchCaller } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createReputationReader, NO_REPUTATION } from '../../lib/ses/reputation.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoBounceCountReader } from '../../lib/store/dynamo-bounce-count-store.ts';
import { createDynamoCampaignReader } from '../../lib/store/dynamo-campaign-store.ts';
import { createDynamoLedgerStore } from '../../lib/store/dynamo-ledger-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createHandler } from './handler.ts';

const environment = createEnvironment(process.env);
const { aws, api, dynamo } = createApiDoor(environment, {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
  campaignRecipients: environment.text('CAMPAIGN_RECIPIENTS_TABLE'),
});

const reputations = {
  configured: () => createReputationReader({ callCloudWatch: createCloudWatchCaller(aws), clock: Date.now }),
  none: () => NO_REPUTATION,
};

export const handler = createHandler({
  ...api,
  addresses: createDynamoAddressStore(dynamo),
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  unbounces: createDynamoUnbounceStore(dynamo),
  campaigns: createDynamoCampaignReader(dynamo),
  bounceCounts: createDynamoBounceCountReader(dynamo),
  reputation: reputations[environment.oneOf('SES', ['configured', 'none'])](),
  ledger: createDynamoLedgerStore(dynamo),
  policy: loadPolicy(environment.json('POLICY_OVERRIDES')),
});
