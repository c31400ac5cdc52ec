import { createApiDoor } from '../../lib/api-door.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoCorrectionStore } from '../../lib/store/dynamo-correction-store.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createHandler } from './handler.ts';

const environment = createEnvironment(process.env);
const { api, dynamo } = createApiDoor(environment, {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
});

export const handler = createHandler({
  ...api,
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  addresses: createDynamoAddressStore(dynamo),
  operator: createDynamoOperatorStore(dynamo),
  corrections: createDynamoCorrectionStore(dynamo),
  policy: {
    ...loadPolicy(environment.json('POLICY_OVERRIDES')),
    globalBounces: {
      accounts: environment.whole('GLOBAL_BOUNCE_ACCOUNTS'),
      windowInDays: environment.count('GLOBAL_BOUNCE_WINDOW_IN_DAYS'),
    },
  },
  asksSes: environment.oneOf('SES', ['configured', 'none']) === 'configured',
});
