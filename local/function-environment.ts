import { devNull } from 'node:os';
import { LOCAL_CREDENTIALS } from './aws-clients.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { REGION } from './references.ts';

export interface Endpoints {
  readonly sqs: string;
  readonly dynamodb: string;
  readonly events: string;
  /** The stub of SES; null where there is no SES. */
  readonly ses: string | null;
}

/** All that a function finds in `process.env`: what the stack gives it, and what leads its clients here. */
export function functionEnvironment(
  definition: FunctionDefinition,
  endpoints: Endpoints,
): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    // A profile of the person at this machine must not reach the functions.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryInMb),
    ...definition.environment,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.events,
    ...(endpoints.ses === null
      ? { SES: 'none' }
      : {
          AWS_ENDPOINT_URL_SESV2: endpoints.ses,
          // The stub stands in for CloudWatch too, which knows SES's rates, and for S3, from where jobs read.
          AWS_ENDPOINT_URL_CLOUDWATCH: endpoints.ses,
          AWS_ENDPOINT_URL_S3: endpoints.ses,
        }),
  };
}
