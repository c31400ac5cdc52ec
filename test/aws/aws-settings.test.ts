import { describe, expect, test } from '@jest/globals';
import { readAwsSettings } from '../../lib/aws/aws-settings.ts';
import { createEnvironment, EnvironmentError } from '../../lib/environment.ts';

const LAMBDA = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};

function settingsOf(variables: Readonly<Record<string, string>>) {
  return readAwsSettings(createEnvironment({ ...LAMBDA, ...variables }));
}

test('Lambda tells region and credentials', () => {
  expect(settingsOf({})).toMatchObject({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
  });
  expect(settingsOf({ AWS_SESSION_TOKEN: '' }).credentials).not.toHaveProperty('sessionToken');
});

test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('%s must be set', (name) => {
  expect(() => settingsOf({ [name]: '' })).toThrow(EnvironmentError);
});

describe('an endpoint', () => {
  test.each([
    ['eu-central-1', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'amazonaws.eu'],
  ])('in %s ends in %s', (AWS_REGION, suffix) => {
    expect(settingsOf({ AWS_REGION }).endpoints).toEqual({
      dynamodb: `https://dynamodb.${AWS_REGION}.${suffix}`,
      events: `https://events.${AWS_REGION}.${suffix}`,
      sqs: `https://sqs.${AWS_REGION}.${suffix}`,
      ses: `https://email.${AWS_REGION}.${suffix}`,
      cloudwatch: `https://monitoring.${AWS_REGION}.${suffix}`,
      s3: `https://s3.${AWS_REGION}.${suffix}`,
    });
  });

  test('of another Region is that of the Region, unless the environment says another', () => {
    const environment = createEnvironment(LAMBDA);
    expect(readAwsSettings(environment, 'us-east-1')).toMatchObject({
      region: 'us-east-1',
      endpoints: { ses: 'https://email.us-east-1.amazonaws.com' },
    });
    const local = createEnvironment({ ...LAMBDA, AWS_ENDPOINT_URL_SESV2: 'http://127.0.0.1:3' });
    expect(readAwsSettings(local, 'us-east-1').endpoints.ses).toBe('http://127.0.0.1:3');
  });

  test('is what the environment says: that of the service before that of all', () => {
    const all = 'http://127.0.0.1:1';
    expect(
      settingsOf({ AWS_ENDPOINT_URL: all, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:2' }).endpoints,
    ).toEqual({
      dynamodb: 'http://127.0.0.1:2',
      events: all,
      sqs: all,
      ses: all,
      cloudwatch: all,
      s3: all,
    });
  });
});
