import { createDoor } from './door.ts';
import type { createEnvironment } from './environment.ts';
import { createDynamoContext } from './store/dynamo-client.ts';
import type { TableNames } from './store/dynamo-context.ts';

/** The same for those that look at quotas, over the tables that they add to accounts and quotas. */
export function createApiDoor(
  environment: ReturnType<typeof createEnvironment>,
  tables: Partial<TableNames> = {},
) {
  const names = {
    ...tables,
    unbounceQuotas: environment.text('UNBOUNCE_QUOTAS_TABLE'),
    accounts: environment.text('ACCOUNTS_TABLE'),
  };
  const { aws, api } = createDoor(environment);
  return { aws, dynamo: createDynamoContext(names, aws), api };
}
