import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AwsSettings } from '../aws/aws-settings.ts';
import { createJsonRpcClient } from '../aws/json-rpc-client.ts';
import type { DynamoContext, TableNames } from './dynamo-context.ts';

/** Tries of one request by the client itself; what still fails then is tried again up to the caller's deadline. */
const MAX_ATTEMPTS = 3;
const CONNECTION_TIMEOUT_IN_MS = 1_000;
/** No DynamoDB request that is going to succeed takes longer; a slower one is asked again. */
const REQUEST_TIMEOUT_IN_MS = 5_000;

/** The real DynamoDB, as the environment of the function points to it. */
export function createDynamoContext(
  tables: Partial<TableNames>,
  { region, credentials, endpoints }: AwsSettings,
): DynamoContext {
  return {
    client: createJsonRpcClient<DynamoDBClient>({
      service: 'dynamodb',
      targetPrefix: 'DynamoDB_20120810',
      endpoint: endpoints.dynamodb,
      region,
      credentials,
      maxAttempts: MAX_ATTEMPTS,
      connections: {
        maxSockets: 64,
        connectionTimeoutInMs: CONNECTION_TIMEOUT_IN_MS,
        requestTimeoutInMs: REQUEST_TIMEOUT_IN_MS,
      },
      clock: Date.now,
    }),
    tables: { addressBounces: '', campaignRecipients: '', unbounceQuotas: '', accounts: '', ...tables },
    clock: Date.now,
    sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs)),
    random: Math.random,
  };
}
