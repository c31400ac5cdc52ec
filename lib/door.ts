import { readAwsSettings } from './aws/aws-settings.ts';
import type { createEnvironment } from './environment.ts';
import type { ApiDependencies } from './http/api-handler.ts';
import { createJsonTelemetry } from './telemetry/json-telemetry.ts';

/** What every door of an API function builds from its environment. */
export function createDoor(environment: ReturnType<typeof createEnvironment>) {
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
  return { aws: readAwsSettings(environment), api };
}
