import { partition } from '@aws-sdk/core/client';
import type { createEnvironment } from '../environment.ts';

/** Where a function's AWS calls go, and how they are signed. */
export interface AwsSettings {
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly endpoints: Readonly<Record<Service, string>>;
}

type Service = 'dynamodb' | 'events' | 'sqs' | 'ses' | 'cloudwatch' | 's3';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only temporary credentials have one. */
  readonly sessionToken?: string;
}

/**
 * Reads what Lambda itself tells every function, for its own Region or for another one. The credentials of its role stay the same as long as the process
 * lives. Source: AWS Lambda Developer Guide, "Defined runtime environment variables"; AWS SDKs and Tools Reference
 * Guide, "Service-specific endpoints".
 */
export function readAwsSettings(
  environment: ReturnType<typeof createEnvironment>,
  region: string = environment.text('AWS_REGION'),
): AwsSettings {
  const sessionToken = environment.textOrNull('AWS_SESSION_TOKEN');
  const endpointOf = (variable: string, host: string) =>
    environment.textOrNull(`AWS_ENDPOINT_URL_${variable}`) ??
    environment.textOrNull('AWS_ENDPOINT_URL') ??
    `https://${host}.${region}.${partition(region).dnsSuffix}`;
  return {
    region,
    credentials: {
      accessKeyId: environment.text('AWS_ACCESS_KEY_ID'),
      secretAccessKey: environment.text('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken !== null && { sessionToken }),
    },
    endpoints: {
      dynamodb: endpointOf('DYNAMODB', 'dynamodb'),
      events: endpointOf('EVENTBRIDGE', 'events'),
      sqs: endpointOf('SQS', 'sqs'),
      ses: endpointOf('SESV2', 'email'),
      cloudwatch: endpointOf('CLOUDWATCH', 'monitoring'),
      s3: endpointOf('S3', 's3'),
    },
  };
}
