import { readAwsSettings } from './aws/aws-settings.ts';
import type { createEnvironment } from './environment.ts';
import type { ApiDependencies } from './http/api-handler.ts';
import { createDynamoContext } from './store/dynamo-client.ts';
import type { TableNames } from './store/dynamo-context.ts';
import { createJsonTelemetry } from './telemetry/json-telemetry.ts';

/** What every door of an API function builds from its environment, over the tables it adds to those that all use. */
export function createApiDoor(
  environment: ReturnType<typeof createEnvironment>,
  tables: Partial<TableNames> = {},
) {
  const names = {
    ...tables,
    unbounceQuotas: environment.text('UNBOUNCE_QUOTAS_TABLE'),
    accounts: environment.text('ACCOUNTS_TABLE'),
  };
  const aws = readAwsSettings(environment);
  const dynamo = createDynamoContext(names, aws);
  const api: Omit<ApiDependencies, 'routes'> = {
    clock: Date.now,
    telemetry: createJsonTelemetry({
      write: (line) => process.stdout.write(line),
      clock: Date.now,
      namespace: environment.text('METRICS_NAMESPACE'),
    }),
    callerOptions: {
      accountClaim: environment.textOrNull('JWT_ACCOUNT_CLAIM'),
      account: environment.textOrNull('JWT_ACCOUNT'),
      scopePrefix: environment.textOrNull('JWT_SCOPE_PREFIX') ?? '',
    },
  };
  return { aws, dynamo, api };
}
