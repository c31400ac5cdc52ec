import { describe, expect, test } from '@jest/globals';
import { asList, type Resource, readable, resourceOf, resourcesOf, synthesize } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const IDENTITIES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*';

const EVENT_BUS = 'arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus';

/** All that each function may do. A new line here is a decision, not a repair. */
const GRANTS: Record<string, string[]> = {
  Administer: [
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:DeleteItem <Accounts.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:GetItem <UnbounceQuotas.Arn>',
    'dynamodb:PutItem <Accounts.Arn>',
    'dynamodb:PutItem <AddressBounces.Arn>',
    'dynamodb:PutItem <UnbounceQuotas.Arn>',
    'dynamodb:Query <Accounts.Arn>',
    'dynamodb:Query <AddressBounces.Arn>',
    'dynamodb:Query <UnbounceQuotas.Arn>',
    'dynamodb:UpdateItem <Accounts.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'dynamodb:UpdateItem <UnbounceQuotas.Arn>',
    'logs:CreateLogStream <AdministerLog.Arn>',
    'logs:PutLogEvents <AdministerLog.Arn>',
    `ses:GetEmailIdentity ${IDENTITIES}`,
  ],
  CorrectSuppressions: [
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:PutItem <AddressBounces.Arn>',
    'dynamodb:Query <AddressBounces.Arn>',
    'dynamodb:Query <AddressBounces.Arn>/index/byAccount',
    'dynamodb:Query <UnbounceQuotas.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'dynamodb:UpdateItem <UnbounceQuotas.Arn>',
    'logs:CreateLogStream <CorrectSuppressionsLog.Arn>',
    'logs:PutLogEvents <CorrectSuppressionsLog.Arn>',
  ],
  FilterRecipients: [
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:GetItem <UnbounceQuotas.Arn>',
    'dynamodb:PutItem <Accounts.Arn>',
    'dynamodb:PutItem <CampaignRecipients.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'dynamodb:UpdateItem <CampaignRecipients.Arn>',
    'logs:CreateLogStream <FilterRecipientsLog.Arn>',
    'logs:PutLogEvents <FilterRecipientsLog.Arn>',
  ],
  ImportSuppressions: [
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'logs:CreateLogStream <ImportSuppressionsLog.Arn>',
    'logs:PutLogEvents <ImportSuppressionsLog.Arn>',
  ],
  PublishEvents: [
    'dynamodb:DescribeStream <AddressBounces.StreamArn>',
    'dynamodb:GetRecords <AddressBounces.StreamArn>',
    'dynamodb:GetShardIterator <AddressBounces.StreamArn>',
    'dynamodb:ListStreams *',
    `events:PutEvents ${EVENT_BUS}/default`,
    'logs:CreateLogStream <PublishEventsLog.Arn>',
    'logs:PutLogEvents <PublishEventsLog.Arn>',
    'sqs:SendMessage <EventsOutDeadLetterQueue.Arn>',
  ],
  ReadSuppressions: [
    'cloudwatch:GetMetricData *',
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:BatchGetItem <CampaignRecipients.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:GetItem <AddressBounces.Arn>',
    'dynamodb:GetItem <UnbounceQuotas.Arn>',
    'dynamodb:Query <Accounts.Arn>',
    'dynamodb:Query <AddressBounces.Arn>/index/byAccount',
    'dynamodb:Query <CampaignRecipients.Arn>',
    'dynamodb:Query <UnbounceQuotas.Arn>',
    'logs:CreateLogStream <ReadSuppressionsLog.Arn>',
    'logs:PutLogEvents <ReadSuppressionsLog.Arn>',
  ],
  RecordBounces: [
    'dynamodb:BatchGetItem <Accounts.Arn>',
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:ConditionCheckItem <AddressBounces.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:PutItem <Accounts.Arn>',
    'dynamodb:PutItem <AddressBounces.Arn>',
    'dynamodb:PutItem <CampaignRecipients.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'dynamodb:UpdateItem <CampaignRecipients.Arn>',
    'logs:CreateLogStream <RecordBouncesLog.Arn>',
    'logs:PutLogEvents <RecordBouncesLog.Arn>',
    'sqs:DeleteMessage <BounceIntakeQueue.Arn>',
    'sqs:GetQueueAttributes <BounceIntakeQueue.Arn>',
    'sqs:ReceiveMessage <BounceIntakeQueue.Arn>',
    'sqs:SendMessage <BounceIntakeDeadLetterQueue.Arn>',
  ],
  SyncSesList: [
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:BatchWriteItem <Accounts.Arn>',
    'dynamodb:DeleteItem <Accounts.Arn>',
    'dynamodb:DescribeStream <AddressBounces.StreamArn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:GetItem <AddressBounces.Arn>',
    'dynamodb:GetRecords <AddressBounces.StreamArn>',
    'dynamodb:GetShardIterator <AddressBounces.StreamArn>',
    'dynamodb:ListStreams *',
    'dynamodb:PutItem <Accounts.Arn>',
    'dynamodb:Query <Accounts.Arn>',
    'dynamodb:Query <AddressBounces.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'logs:CreateLogStream <SyncSesListLog.Arn>',
    'logs:PutLogEvents <SyncSesListLog.Arn>',
    'ses:DeleteSuppressedDestination *',
    'ses:GetSuppressedDestination *',
    'ses:ListSuppressedDestinations *',
    'sqs:DeleteMessage <SesListSyncQueue.Arn>',
    'sqs:GetQueueAttributes <SesListSyncQueue.Arn>',
    'sqs:ReceiveMessage <SesListSyncQueue.Arn>',
    'sqs:SendMessage <SesListSyncQueue.Arn>',
  ],
  Unbounce: [
    'dynamodb:BatchGetItem <AddressBounces.Arn>',
    'dynamodb:ConditionCheckItem <Accounts.Arn>',
    'dynamodb:GetItem <Accounts.Arn>',
    'dynamodb:GetItem <AddressBounces.Arn>',
    'dynamodb:GetItem <UnbounceQuotas.Arn>',
    'dynamodb:PutItem <UnbounceQuotas.Arn>',
    'dynamodb:UpdateItem <AddressBounces.Arn>',
    'dynamodb:UpdateItem <UnbounceQuotas.Arn>',
    'logs:CreateLogStream <UnbounceLog.Arn>',
    'logs:PutLogEvents <UnbounceLog.Arn>',
  ],
};

const CAMPAIGNS = { CAMPAIGN_RECIPIENTS_TABLE: '<CampaignRecipients>' };

/** Of those that do not stand behind the API. */
const TIMEOUTS_IN_SECONDS: Readonly<Record<string, number>> = {
  PublishEvents: 60,
  RecordBounces: 60,
  SyncSesList: 120,
};

const template = synthesize();
const functions = resourcesOf(template, 'AWS::Lambda::Function');

describe('grants', () => {
  test.each(Object.entries(GRANTS))('of %s are exactly these', (name, expected) => {
    expect(grantsOf(name)).toEqual(expected);
  });

  test('of publish-events hold the bus that was chosen, and the table where events name addresses', () => {
    const chosen = synthesize({ eventBusName: 'mail/bounces', eventsWithAddress: 'true' });
    const { PublishEvents = [] } = GRANTS;
    expect(grantsOf('PublishEvents', chosen)).toEqual(
      [
        ...PublishEvents.map((grant) => grant.replace('event-bus/default', 'event-bus/mail/bounces')),
        'dynamodb:BatchGetItem <AddressBounces.Arn>',
      ].sort(),
    );
  });

  test('are listed for every function', () => {
    expect(functions.map(([id]) => id.slice(0, -8)).sort()).toEqual(Object.keys(GRANTS));
  });

  test('come from one policy of its own per function, and from no managed one', () => {
    for (const [, role] of resourcesOf(template, 'AWS::IAM::Role')) {
      expect(role.Properties.ManagedPolicyArns).toBeUndefined();
      expect(role.Properties.Policies).toBeUndefined();
    }
    expect(resourcesOf(template, 'AWS::IAM::Policy')).toHaveLength(functions.length);
  });

  test('never allow every action or a Scan, in whatever policy', () => {
    const documents = Object.values(template.toJSON()['Resources'] as Record<string, Resource>)
      .map(({ Properties }) => Properties?.PolicyDocument)
      .filter((document) => document !== undefined);
    const actions = documents
      .flatMap((document) => document.Statement as Statement[])
      .filter((statement) => statement.Effect === 'Allow')
      .flatMap((statement) => asList(statement.Action));
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter((action) => /\*|Scan/.test(action))).toEqual([]);
  });
});

describe('settings', () => {
  test.each(functions)(
    'of %s are the runtime, a log of its own and nothing reserved',
    (id, { Properties }) => {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: TIMEOUTS_IN_SECONDS[id.slice(0, -8)] ?? 29,
      });
      expect(readable(Properties.LoggingConfig.LogGroup)).toBe(`<${id.slice(0, -8)}Log>`);
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    },
  );

  test('of all name the stack as the namespace of their metrics', () => {
    const named = ['Rebound', 'ReboundStaging'].map((stackName) =>
      resourcesOf(synthesize({ stackName }), 'AWS::Lambda::Function').map(
        ([, { Properties }]) => Properties.Environment.Variables.METRICS_NAMESPACE,
      ),
    );
    expect(named).toEqual([functions.map(() => 'Rebound'), functions.map(() => 'ReboundStaging')]);
  });

  test('of record-bounces', () => {
    expect(environmentOf('RecordBounces')).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      CAMPAIGN_RECIPIENTS_TABLE: '<CampaignRecipients>',
      CAMPAIGN_RETENTION_IN_DAYS: '400',
      DEAD_LETTER_QUEUE_URL: '<BounceIntakeDeadLetterQueue>',
      DEFAULT_ACCOUNT: 'default',
      ACCOUNT_TAG: 'account',
      CAMPAIGN_TAG: 'campaign',
      TRUST_TAGS: 'true',
      DELIVERY_EVENTS: 'false',
      GLOBAL_BOUNCE_ACCOUNTS: '3',
      GLOBAL_BOUNCE_WINDOW_IN_DAYS: '60',
      SES: 'configured',
    });
  });

  test.each([
    ['FilterRecipients', { ...CAMPAIGNS, CAMPAIGN_RETENTION_IN_DAYS: '400' }],
    ['ReadSuppressions', { ...CAMPAIGNS, SES: 'configured' }],
    ['Unbounce', { SES: 'configured' }],
  ])('of %s', (name, others) => {
    expect(environmentOf(name)).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      UNBOUNCE_QUOTAS_TABLE: '<UnbounceQuotas>',
      DEFAULT_ACCOUNT: 'default',
      ...others,
    });
  });

  test('of sync-ses-list', () => {
    expect(environmentOf('SyncSesList')).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      TASK_QUEUE_URL: '<SesListSyncQueue>',
      SES_REGIONS: '<AWS::Region>',
      SES: 'configured',
    });
  });

  test('of publish-events', () => {
    expect(environmentOf('PublishEvents')).toEqual({
      EVENT_BUS_NAME: 'default',
      EVENTS_WITH_ADDRESS: 'false',
    });
  });

  test('of administer', () => {
    expect(environmentOf('Administer')).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      UNBOUNCE_QUOTAS_TABLE: '<UnbounceQuotas>',
      DEFAULT_ACCOUNT: 'default',
      SES: 'configured',
    });
  });

  test('follow the context', () => {
    const issuer = { jwtIssuer: 'https://issuer.example', jwtAudience: 'rebound' };
    const chosen = synthesize({
      ...issuer,
      accountTag: 'tenant',
      campaignTag: 'mailing',
      campaignRetentionInDays: '800',
      trustTags: 'false',
      deliveryEvents: 'true',
      sesRegions: 'eu-central-1,us-east-1',
      globalBounceAccounts: '0',
      globalBounceWindowInDays: '30',
      policyOverrides: '[{"reason": "policy", "unbounce": "never"}]',
      jwtAccountClaim: 'tenant',
      jwtScopePrefix: 'rebound/',
    });
    expect(environmentOf('RecordBounces', chosen)).toMatchObject({
      ACCOUNT_TAG: 'tenant',
      CAMPAIGN_TAG: 'mailing',
      CAMPAIGN_RETENTION_IN_DAYS: '800',
      TRUST_TAGS: 'false',
      DELIVERY_EVENTS: 'true',
      GLOBAL_BOUNCE_ACCOUNTS: '0',
      GLOBAL_BOUNCE_WINDOW_IN_DAYS: '30',
      POLICY_OVERRIDES: '[{"reason":"policy","unbounce":"never"}]',
    });
    expect(environmentOf('SyncSesList', chosen)).toMatchObject({
      SES_REGIONS: 'eu-central-1,us-east-1',
      POLICY_OVERRIDES: '[{"reason":"policy","unbounce":"never"}]',
    });
    expect(environmentOf('Unbounce', chosen)).toMatchObject({
      JWT_ACCOUNT_CLAIM: 'tenant',
      POLICY_OVERRIDES: '[{"reason":"policy","unbounce":"never"}]',
    });
    expect(environmentOf('Administer', chosen)).toMatchObject({
      JWT_ACCOUNT_CLAIM: 'tenant',
      JWT_SCOPE_PREFIX: 'rebound/',
    });
    expect(environmentOf('Administer', synthesize({ ...issuer, jwtAccount: 'shop' }))).toMatchObject({
      JWT_ACCOUNT: 'shop',
    });
  });
});

function grantsOf(name: string, from = template): string[] {
  const policy = resourceOf(from, 'AWS::IAM::Policy', `${name}RoleDefaultPolicy`);
  return (policy.Properties.PolicyDocument.Statement as Statement[])
    .flatMap(({ Action, Resource }) =>
      asList(Action).flatMap((action) =>
        asList(Resource).map((resource) => `${action} ${readable(resource)}`),
      ),
    )
    .sort();
}

/** What a function is told beside the namespace of its metrics. */
function environmentOf(name: string, from = template): Record<string, string> {
  const { METRICS_NAMESPACE, ...Variables } = resourceOf(from, 'AWS::Lambda::Function', name).Properties
    .Environment.Variables;
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, readable(value)]));
}
