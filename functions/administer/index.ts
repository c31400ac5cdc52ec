import { createApiDoor } from '../../lib/api-door.ts';
import { createSesClient } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createSesIdentityVerifier } from '../../lib/ses/identity-verifier.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createHandler } from './handler.ts';
import { UNCHECKED } from './identity-verifier.ts';

const environment = createEnvironment(process.env);
const { aws, api, dynamo } = createApiDoor(environment, {
  addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
});
const ses = environment.oneOf('SES', ['configured', 'none']);
const identityVerifiers = {
  configured: () => createSesIdentityVerifier({ client: createSesClient(aws), clock: Date.now }),
  none: () => UNCHECKED,
};

export const handler = createHandler({
  ...api,
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  unbounces: createDynamoUnbounceStore(dynamo),
  addresses: createDynamoAddressStore(dynamo),
  operator: createDynamoOperatorStore(dynamo),
  policy: loadPolicy(environment.json('POLICY_OVERRIDES')),
  identities: identityVerifiers[ses](),
  asksSes: ses === 'configured',
});
