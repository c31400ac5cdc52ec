import { describe, expect, test } from '@jest/globals';
import { readable, resourceOf, resourcesOf, synthesize } from './synthesize.ts';

const DAY_IN_SECONDS = 86_400;
const template = synthesize();
const queue = resourceOf(template, 'AWS::SQS::Queue', 'SesListSyncQueue').Properties;

describe('the queue', () => {
  test('hands out one task after the other, and gives up after five tries', () => {
    expect(queue).toMatchObject({ FifoQueue: true, MessageRetentionPeriod: 10 * DAY_IN_SECONDS });
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(readable(queue.RedrivePolicy.deadLetterTargetArn)).toBe('<SesListSyncDeadLetterQueue.Arn>');
    const { Properties } = resourceOf(template, 'AWS::SQS::Queue', 'SesListSyncDeadLetterQueue');
    expect(Properties).toMatchObject({ FifoQueue: true, MessageRetentionPeriod: 14 * DAY_IN_SECONDS });
  });

  test('hides a task for six times as long as sync-ses-list may take', () => {
    const { Timeout } = resourceOf(template, 'AWS::Lambda::Function', 'SyncSesList').Properties;
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
  });

  test('feeds sync-ses-list one at a time, which gives back what failed', () => {
    const mapping = resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'SyncSesListQueue').Properties;
    expect(mapping).toMatchObject({ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(readable(mapping.EventSourceArn)).toBe('<SesListSyncQueue.Arn>');
  });
});

test('the stream feeds sync-ses-list what SES was asked for, from its beginning', () => {
  const mapping = resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'SyncSesListStream').Properties;
  expect(mapping).toMatchObject({ StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true });
  expect(readable(mapping.EventSourceArn)).toBe('<AddressBounces.StreamArn>');
  expect(
    mapping.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern)),
  ).toEqual([
    {
      dynamodb: {
        Keys: { scope: { S: ['status'] } },
        NewImage: {
          ses: {
            M: { sesAccountList: { M: { removal: { M: { requestedAt: { S: [{ exists: true }] } } } } } },
          },
        },
      },
    },
  ]);
});

test("what still waits is queued again every hour, and SES's list read every day, in the same line", () => {
  const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => ({
    every: Properties.ScheduleExpression,
    targets: Properties.Targets.map(({ Arn, Input, SqsParameters }: Record<string, unknown>) => [
      readable(Arn),
      Input,
      SqsParameters,
    ]),
  }));
  const target = (task: string) => [
    '<SesListSyncQueue.Arn>',
    `{"task":"${task}"}`,
    { MessageGroupId: 'ses' },
  ];
  expect(rules).toEqual([
    { every: 'rate(1 hour)', targets: [target('requeue')] },
    { every: 'rate(1 day)', targets: [target('import')] },
  ]);
});

describe('the bucket that jobs read', () => {
  const { Properties, DeletionPolicy } = resourceOf(template, 'AWS::S3::Bucket', 'SesListSyncRemovals');
  const policy = resourceOf(template, 'AWS::S3::BucketPolicy', 'SesListSyncRemovalsPolicy').Properties;

  test('is private and encrypted, keeps an object for a day, and stays when the stack goes', () => {
    expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256');
    expect(Properties.LifecycleConfiguration.Rules).toEqual([{ ExpirationInDays: 1, Status: 'Enabled' }]);
    expect(DeletionPolicy).toBe('Retain');
  });

  test('is read over TLS alone, by SES alone, in the name of this AWS account', () => {
    const [plainText, ...statements] = policy.PolicyDocument.Statement;
    expect(plainText).toMatchObject({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(
      statements.map(({ Effect, Principal, Action, Resource, Condition }: Record<string, never>) => [
        Effect,
        Principal,
        Action,
        readable(Resource),
        Condition,
      ]),
    ).toEqual(
      ['aws:Referer', 'aws:SourceAccount'].map((name) => [
        'Allow',
        { Service: 'ses.amazonaws.com' },
        's3:GetObject',
        '<SesListSyncRemovals.Arn>/removals/*',
        { StringEquals: { [name]: { Ref: 'AWS::AccountId' } } },
      ]),
    );
  });

  test('is named to sync-ses-list and to no other function', () => {
    const named = resourcesOf(template, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties.Environment.Variables.REMOVALS_BUCKET !== undefined,
    );
    expect(named.map(([id]) => id.slice(0, -8))).toEqual(['SyncSesList']);
  });
});
