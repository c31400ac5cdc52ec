import { describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { readable, synthesize } from './synthesize.ts';

const OUTPUTS = {
  ApiUrl: '<Api.ApiEndpoint>',
  TopicArn: '<BounceIntakeTopic>',
  ConfigurationSetName: '<BounceIntakeConfigurationSet>',
  QueueUrl: '<BounceIntakeQueue>',
  DeadLetterQueueUrl: '<BounceIntakeDeadLetterQueue>',
  SubscriptionDeadLetterQueueUrl: '<BounceIntakeSubscriptionDeadLetterQueue>',
  AddressBouncesTableName: '<AddressBounces>',
  CampaignRecipientsTableName: '<CampaignRecipients>',
  UnbounceQuotasTableName: '<UnbounceQuotas>',
  AccountsTableName: '<Accounts>',
  SenderPolicyArn: '<SenderPolicy>',
  OperatorPolicyArn: '<OperatorPolicy>',
};

const JWT = { jwtIssuer: 'https://issuer.example', jwtAudience: 'rebound', jwtAccount: 'default' };
const PHYSICAL_NAMES = [
  'TableName',
  'QueueName',
  'TopicName',
  'RoleName',
  'ManagedPolicyName',
  'LogGroupName',
];

describe('the stack', () => {
  const template = synthesize();

  test('puts out what a deployment is used by', () => {
    expect(outputsOf(template)).toEqual(OUTPUTS);
  });

  test('puts out the second API where there is one', () => {
    const outputs = outputsOf(synthesize(JWT));
    expect(outputs).toEqual({ ...OUTPUTS, JwtApiUrl: '<JwtApi.ApiEndpoint>' });
  });

  test('fixes no physical name, so it stands twice in one AWS account', () => {
    const resources = Object.values(
      template.toJSON()['Resources'] as Record<string, { Properties?: object }>,
    );
    const named = resources.flatMap(({ Properties }) =>
      Object.keys(Properties ?? {}).filter((key) => PHYSICAL_NAMES.includes(key)),
    );
    expect(named).toEqual([]);
    for (const [, fn] of Object.entries(template.findResources('AWS::Lambda::Function'))) {
      expect(fn['Properties'].FunctionName).toBeUndefined();
    }
  });

  test('names no region and no AWS account', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\d{12}|(us|eu|ap)-[a-z]+-\d/);
  });
});

function outputsOf(template: Template): Record<string, string> {
  const outputs = Object.entries(template.findOutputs('*'));
  return Object.fromEntries(outputs.map(([name, output]) => [name, readable(output['Value'])]));
}
