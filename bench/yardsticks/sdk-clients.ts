import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JsonRpcCaller, JsonRpcOptions } from '../../lib/aws/json-rpc-client.ts';

// Takes the place of lib/aws/json-rpc-client.ts in a bundle: the same function over the SDK's own client, which with
// the marshalling that our store does is what the document client is.
export function createJsonRpcClient({
  region,
  credentials,
  endpoint,
  connections,
  maxAttempts,
}: JsonRpcOptions) {
  const { maxSockets, connectionTimeoutInMs, requestTimeoutInMs } = connections;
  const requestHandler = {
    httpsAgent: { maxSockets },
    connectionTimeout: connectionTimeoutInMs,
    requestTimeout: requestTimeoutInMs,
  };
  return new DynamoDBClient({ region, credentials, endpoint, requestHandler, maxAttempts });
}

export function createJsonRpcCaller(): JsonRpcCaller {
  return async () => {
    throw new Error('Nothing is parked in this bench.');
  };
}
