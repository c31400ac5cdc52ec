import { readAwsSettings } from '../../lib/aws/aws-settings.ts';
import { createSqsCaller } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createEffects } from '../../lib/ses/effects.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoBounceCountWriter } from '../../lib/store/dynamo-bounce-count-store.ts';
import { createDynamoCampaignWriter } from '../../lib/store/dynamo-campaign-store.ts';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import { createJsonTelemetry } from '../../lib/telemetry/json-telemetry.ts';
import { createHandler } from './handler.ts';
import { createSqsParkingLot } from './sqs-parking-lot.ts';

const environment = createEnvironment(process.env);
const defaultAccount = environment.text('DEFAULT_ACCOUNT');
const tables = {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
  campaignRecipients: environment.text('CAMPAIGN_RECIPIENTS_TABLE'),
  accounts: environment.text('ACCOUNTS_TABLE'),
};
const aws = readAwsSettings(environment);
const dynamo = createDynamoContext(tables, aws);

export const handler = createHandler({
  addresses: createDynamoAddressStore(dynamo),
  accounts: createDynamoAccountStore(dynamo, { defaultAccount }),
  campaigns: createDynamoCampaignWriter(dynamo, {
    retentionInDays: environment.count('CAMPAIGN_RETENTION_IN_DAYS'),
  }),
  bounceCounts: createDynamoBounceCountWriter(dynamo),
  parkingLot: createSqsParkingLot(createSqsCaller(aws), environment.text('DEAD_LETTER_QUEUE_URL')),
  policy: {
    ...loadPolicy(environment.json('POLICY_OVERRIDES')),
    globalBounces: {
      accounts: environment.whole('GLOBAL_BOUNCE_ACCOUNTS'),
      windowInDays: environment.count('GLOBAL_BOUNCE_WINDOW_IN_DAYS'),
    },
  },
  effectsOf: createEffects({ canonicalAddress, classify, campaignTag: environment.text('CAMPAIGN_TAG') }),
  senders: { accountTag: environment.text('ACCOUNT_TAG'), trustTags: environment.flag('TRUST_TAGS') },
  defaultAccount,
  deliveryEvents: environment.flag('DELIVERY_EVENTS'),
  asksSes: environment.oneOf('SES', ['configured', 'none']) === 'configured',
  clock: Date.now,
  telemetry: createJsonTelemetry({
    write: (line) => process.stdout.write(line),
    clock: Date.now,
    namespace: environment.text('METRICS_NAMESPACE'),
  }),
});
