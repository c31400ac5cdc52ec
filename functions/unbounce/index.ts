import { createApiDoor } from '../../lib/api-door.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createHandler } from './handler.ts';

const environment = createEnvironment(process.env);
const { api, dynamo } = createApiDoor(environment, {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
});

export const handler = createHandler({
  ...api,
  addresses: createDynamoAddressStore(dynamo),
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  unbounces: createDynamoUnbounceStore(dynamo),
  policy: loadPolicy(environment.json('POLICY_OVERRIDES')),
  asksSes: environment.oneOf('SES', ['configured', 'none']) === 'configured',
});
