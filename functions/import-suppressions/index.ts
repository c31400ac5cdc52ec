import { createDoor } from '../../lib/door.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import { createHandler } from './handler.ts';

const environment = createEnvironment(process.env);
const { aws, api } = createDoor(environment);
const tables = {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
  accounts: environment.text('ACCOUNTS_TABLE'),
};
const dynamo = createDynamoContext(tables, aws);

export const handler = createHandler({
  ...api,
  addresses: createDynamoAddressStore(dynamo),
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  policy: loadPolicy(environment.json('POLICY_OVERRIDES')),
});
