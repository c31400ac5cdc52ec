import { describe, expect, test } from '@jest/globals';
import { type Resource, readable, resourcesOf, synthesize } from './synthesize.ts';

// What the rules of cdk-nag do not look at, held for every resource of its kind, those to come included.

const template = synthesize({
  jwtIssuer: 'https://issuer.example',
  jwtAudience: 'rebound',
  jwtAccountClaim: 'account',
  eventsWithAddress: 'true',
  alarmEmail: 'ops@example.com',
});
const all = (type: string) => resourcesOf(template, type);
const resources = Object.values(template.toJSON()['Resources'] as Record<string, Resource>);
const queueArns = new Map(all('AWS::SQS::Queue').map(([id, { Properties }]) => [id, Properties]));

test('there are tables of the one kind that the rules know', () => {
  expect(all('AWS::DynamoDB::GlobalTable')).toEqual([]);
  expect(all('AWS::DynamoDB::Table')).toHaveLength(4);
});

test.each(all('AWS::DynamoDB::Table'))(
  '%s comes back to any second and is not deleted by mistake',
  (_, table) => {
    expect(table.Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      BillingMode: 'PAY_PER_REQUEST',
    });
    // Without a specification DynamoDB encrypts with a key of its own.
    expect(table.Properties.SSESpecification).toBeUndefined();
    expect(table.DeletionPolicy).toBe('Retain');
  },
);

test.each(all('AWS::SQS::Queue'))('%s is encrypted, and answers over TLS alone', (id, { Properties }) => {
  expect(Properties.SqsManagedSseEnabled).toBe(true);
  expect(deniesPlainText('AWS::SQS::QueuePolicy', 'Queues', id)).toBe(true);
});

test.each(all('AWS::SNS::Topic'))('%s takes what comes over TLS alone', (id) => {
  expect(deniesPlainText('AWS::SNS::TopicPolicy', 'Topics', id)).toBe(true);
});

describe('nothing that failed gets lost:', () => {
  test.each(all('AWS::Lambda::EventSourceMapping'))('%s', (_, { Properties }) => {
    const { EventSourceArn, DestinationConfig, MaximumRetryAttempts, FunctionResponseTypes } = Properties;
    const queue = queueArns.get(EventSourceArn['Fn::GetAtt'][0]);
    if (queue === undefined) {
      // A stream: told again as long as its records live, or sent where a person finds it.
      expect(MaximumRetryAttempts === undefined || DestinationConfig?.OnFailure !== undefined).toBe(true);
      return;
    }
    expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const { RedrivePolicy, MessageRetentionPeriod } = queue;
    const dead = queueArns.get(RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]);
    expect(RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
    // A message keeps the time at which it was first sent: the last queue must keep it longest.
    expect(dead.MessageRetentionPeriod).toBeGreaterThan(MessageRetentionPeriod);
  });

  test.each(all('AWS::SNS::Subscription').filter(([, { Properties }]) => Properties.Protocol === 'sqs'))(
    '%s',
    (_, { Properties }) => {
      expect(readable(Properties.RedrivePolicy.deadLetterTargetArn)).toMatch(/DeadLetterQueue/);
    },
  );
});

test.each(all('AWS::Lambda::Function'))(
  '%s logs into a group of its own, traces nothing and reserves nothing',
  (_, { Properties }) => {
    expect(readable(Properties.LoggingConfig.LogGroup)).toMatch(/Log>$/);
    expect(Properties.TracingConfig).toBeUndefined();
    expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  },
);

test('functions share no log group, and every group forgets', () => {
  const groups = all('AWS::Lambda::Function').map(([, { Properties }]) =>
    readable(Properties.LoggingConfig.LogGroup),
  );
  expect(new Set(groups).size).toBe(groups.length);
  for (const [, { Properties }] of all('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBe(30);
});

test('the queue of notifications cannot take all the concurrency of the AWS account', () => {
  const limits = all('AWS::Lambda::EventSourceMapping').map(
    ([, { Properties }]) => Properties.ScalingConfig?.MaximumConcurrency,
  );
  expect(limits).toContain(10);
});

test.each(all('AWS::ApiGatewayV2::Stage'))('%s logs the route and never the path', (_, { Properties }) => {
  const said = Object.values(JSON.parse(Properties.AccessLogSettings.Format)) as string[];
  expect(said).toContain('$context.routeKey');
  expect(said.every((variable) => ACCESS_LOG_VARIABLES.includes(variable))).toBe(true);
  expect(Properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 100 });
});

/** None of these holds a path, a query, a header, a caller's name or a claim. */
const ACCESS_LOG_VARIABLES = [
  '$context.requestId',
  '$context.requestTime',
  '$context.routeKey',
  '$context.status',
  '$context.responseLength',
  '$context.responseLatency',
  '$context.error.message',
  '$context.integrationErrorMessage',
];

test('no policy lets everybody in', () => {
  const principals = resources
    .map(
      ({ Properties }) =>
        Properties?.PolicyDocument?.Statement ?? Properties?.AssumeRolePolicyDocument?.Statement,
    )
    .flatMap((statements) => statements ?? [])
    .filter(({ Effect }: { Effect: string }) => Effect === 'Allow')
    .map(({ Principal }: { Principal?: unknown }) => JSON.stringify(Principal ?? null));
  expect(principals.length).toBeGreaterThan(15);
  expect(principals.filter((principal: string) => principal.includes('*'))).toEqual([]);
});

test('functions are called by services from a source of this stack, and have no address of their own', () => {
  expect(all('AWS::Lambda::Url')).toEqual([]);
  const permissions = all('AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
  expect(permissions.length).toBeGreaterThan(30);
  for (const { Action, Principal, SourceArn } of permissions) {
    expect(Action).toBe('lambda:InvokeFunction');
    expect(['apigateway.amazonaws.com', 'events.amazonaws.com']).toContain(Principal);
    expect(readable(SourceArn)).toMatch(
      /:execute-api:<AWS::Region>:<AWS::AccountId>:<(?:Jwt)?Api>\/|^<\w+Rule\.Arn>$/,
    );
  }
});

function deniesPlainText(type: string, member: string, id: string): boolean {
  return all(type)
    .filter(([, { Properties }]) => Properties[member].some(({ Ref }: { Ref: string }) => Ref === id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .some(
      ({ Effect, Condition, Principal }) =>
        Effect === 'Deny' &&
        Condition?.Bool?.['aws:SecureTransport'] === 'false' &&
        JSON.stringify(Principal).includes('*'),
    );
}
