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
  SesListQueueUrl: '<SesListSyncQueue>',
  SesListDeadLetterQueueUrl: '<SesListSyncDeadLetterQueue>',
  EventsDeadLetterQueueUrl: '<EventsOutDeadLetterQueue>',
  DashboardName: '<Dashboard>',
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

/**
 * People write these addresses down outside the stack: identities publish to the topic, mail names the
 * configuration set, roles hold the policies. A changed logical id replaces the resource, and bounces that
 * nobody records any more make no noise.
 */
const FROZEN = [
  'ApiF70053CD',
  'BounceIntakeConfigurationSet67EA6E0D',
  'BounceIntakeDeadLetterQueue36A8F0FD',
  'BounceIntakeQueue6F06F0CF',
  'BounceIntakeSubscriptionDeadLetterQueue02C39F7B',
  'BounceIntakeTopic792E65BD',
  'JwtApi6B784D84',
  'OperatorPolicy63C1EB6F',
  'SenderPolicy21959C84',
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

  test('keeps what is known outside under its logical ids for good', () => {
    const { Resources } = synthesize(JWT).toJSON() as { Resources: Record<string, unknown> };
    expect(FROZEN.filter((id) => !(id in Resources))).toEqual([]);
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
    // The name of an asset is its hash, in which any digits may follow each other.
    const text = JSON.stringify(template.toJSON()).replaceAll(/[0-9a-f]{64}\.zip/g, '');
    expect(text).not.toMatch(/\d{12}|(us|eu|ap)-[a-z]+-\d/);
  });
});

function outputsOf(template: Template): Record<string, string> {
  const outputs = Object.entries(template.findOutputs('*'));
  return Object.fromEntries(outputs.map(([name, output]) => [name, readable(output['Value'])]));
}
