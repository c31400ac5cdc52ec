import { createApiDoor } from '../../lib/api-door.ts';
import { createSesClient } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { createSesIdentityVerifier } from '../../lib/ses/identity-verifier.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createHandler } from './handler.ts';
import { UNCHECKED } from './identity-verifier.ts';
import contract from './openapi.json' with { type: 'json' };

const environment = createEnvironment(process.env);
const { aws, api, dynamo } = createApiDoor(environment);
const identityVerifiers = {
  configured: () => createSesIdentityVerifier({ client: createSesClient(aws), clock: Date.now }),
  none: () => UNCHECKED,
};

export const handler = createHandler({
  ...api,
  accounts: createDynamoAccountStore(dynamo, { defaultAccount: environment.text('DEFAULT_ACCOUNT') }),
  unbounces: createDynamoUnbounceStore(dynamo),
  identities: identityVerifiers[environment.oneOf('SES', ['configured', 'none'])](),
  contract,
});
