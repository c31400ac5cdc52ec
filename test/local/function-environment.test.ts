import { devNull } from 'node:os';
import { expect, test } from '@jest/globals';
import { functionEnvironment } from '../../local/function-environment.ts';

test('a function is led to the emulators, told that no SES is there, and kept from profiles', () => {
  const definition = {
    name: 'Unbounce',
    arn: 'arn',
    directory: '/assets/abc',
    handler: 'index.handler',
    environment: { SES: 'configured', ACCOUNTS_TABLE: 'accounts' },
    timeoutInMs: 29_000,
    memoryInMb: 1024,
  };
  const endpoints = { sqs: 'http://sqs', dynamodb: 'http://dynamodb', events: 'http://events', ses: null };
  const stubbed = functionEnvironment(definition, { ...endpoints, ses: 'http://ses' });
  expect(stubbed).toMatchObject({
    SES: 'configured',
    AWS_ENDPOINT_URL_SESV2: 'http://ses',
    AWS_ENDPOINT_URL_CLOUDWATCH: 'http://ses',
    AWS_ENDPOINT_URL_S3: 'http://ses',
  });
  expect(functionEnvironment(definition, endpoints)).toEqual({
    ACCOUNTS_TABLE: 'accounts',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb',
    AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://events',
    AWS_ENDPOINT_URL_SQS: 'http://sqs',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_FUNCTION_NAME: 'Unbounce',
    AWS_REGION: 'us-east-1',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    SES: 'none',
  });
});
