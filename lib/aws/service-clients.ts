import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { AwsSettings } from './aws-settings.ts';
import { createJsonRpcCaller, type JsonRpcCaller } from './json-rpc-client.ts';
import { createObjectWriter, type ObjectWriter } from './object-writer.ts';
import { createRestJsonClient } from './rest-json-client.ts';

const COMMON = {
  maxAttempts: 3,
  connections: { maxSockets: 16, connectionTimeoutInMs: 1_000, requestTimeoutInMs: 5_000 },
  clock: Date.now,
};

/** SQS, as the environment of the function points to it. */
export function createSqsCaller({ region, credentials, endpoints }: AwsSettings): JsonRpcCaller {
  const service = { service: 'sqs', targetPrefix: 'AmazonSQS', endpoint: endpoints.sqs };
  return createJsonRpcCaller({ ...COMMON, ...service, region, credentials });
}

/** CloudWatch, as the environment of the function points to it: asked once, since nobody waits for it. */
export function createCloudWatchCaller({ region, credentials, endpoints }: AwsSettings): JsonRpcCaller {
  const service = {
    service: 'monitoring',
    targetPrefix: 'GraniteServiceVersion20100801',
    endpoint: endpoints.cloudwatch,
    maxAttempts: 1,
  };
  return createJsonRpcCaller({ ...COMMON, ...service, region, credentials });
}

/** EventBridge, as the environment of the function points to it. */
export function createEventBridgeCaller({ region, credentials, endpoints }: AwsSettings): JsonRpcCaller {
  const service = { service: 'events', targetPrefix: 'AWSEvents', endpoint: endpoints.events };
  return createJsonRpcCaller({ ...COMMON, ...service, jsonVersion: '1.1', region, credentials });
}

/** SES, as the environment of the function points to it. With one attempt, trying again is the caller's. */
export function createSesClient(
  { region, credentials, endpoints }: AwsSettings,
  { maxAttempts = COMMON.maxAttempts }: { readonly maxAttempts?: number } = {},
): Pick<SESv2Client, 'send'> {
  const service = { service: 'ses', endpoint: endpoints.ses, maxAttempts };
  return createRestJsonClient<SESv2Client>({ ...COMMON, ...service, region, credentials });
}

/** A bucket of S3, as the environment of the function points to it. */
export function createS3Writer(
  { region, credentials, endpoints }: AwsSettings,
  bucket: string,
): ObjectWriter {
  const service = { service: 's3', endpoint: endpoints.s3 };
  return createObjectWriter({ ...COMMON, ...service, region, credentials }, bucket);
}
