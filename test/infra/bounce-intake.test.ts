import { describe, expect, test } from '@jest/globals';
import { readable, resourceOf, synthesize } from './synthesize.ts';

const DAY_IN_SECONDS = 86_400;
const template = synthesize();
const queue = resourceOf(template, 'AWS::SQS::Queue', 'BounceIntakeQueue').Properties;

describe('the topic', () => {
  const { Statement } = resourceOf(template, 'AWS::SNS::TopicPolicy', 'BounceIntakeTopicPolicy').Properties
    .PolicyDocument;

  test('admits SES of the own AWS account, whichever identity or configuration set', () => {
    expect(Statement).toContainEqual({
      Sid: 'SesOfThisAwsAccount',
      Effect: 'Allow',
      Principal: { Service: 'ses.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: expect.anything(),
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
  });

  test('admits nobody else, and nothing unencrypted on its way', () => {
    const others = Statement.filter((statement: { Sid: string }) => statement.Sid !== 'SesOfThisAwsAccount');
    expect(others).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
  });

  test('feeds the queue with the SNS envelope, and keeps what it could not deliver', () => {
    const { Properties } = resourceOf(
      template,
      'AWS::SNS::Subscription',
      'BounceIntakeQueueReboundBounceIntakeTopic[0-9A-F]{8}',
    );
    expect(Properties.Protocol).toBe('sqs');
    expect(readable(Properties.Endpoint)).toBe('<BounceIntakeQueue.Arn>');
    expect(Properties.RawMessageDelivery).toBeUndefined();
    expect(readable(Properties.RedrivePolicy.deadLetterTargetArn)).toBe(
      '<BounceIntakeSubscriptionDeadLetterQueue.Arn>',
    );
  });
});

describe('the queues', () => {
  test('keep a message for 10 days, and a dead one for 14', () => {
    expect(queue.MessageRetentionPeriod).toBe(10 * DAY_IN_SECONDS);
    for (const name of ['BounceIntakeDeadLetterQueue', 'BounceIntakeSubscriptionDeadLetterQueue']) {
      const { Properties } = resourceOf(template, 'AWS::SQS::Queue', name);
      expect(Properties.MessageRetentionPeriod).toBe(14 * DAY_IN_SECONDS);
      expect(Properties.SqsManagedSseEnabled).toBe(true);
    }
  });

  test('give up on a message after five tries', () => {
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(readable(queue.RedrivePolicy.deadLetterTargetArn)).toBe('<BounceIntakeDeadLetterQueue.Arn>');
  });

  test('hide a message for six times as long as record-bounces may take', () => {
    const { Timeout } = resourceOf(template, 'AWS::Lambda::Function', 'RecordBounces').Properties;
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
  });
});

describe('record-bounces', () => {
  test('takes ten messages at a time and gives back the ones that failed', () => {
    const mapping = resourceOf(
      synthesize({ maxConcurrency: '7' }),
      'AWS::Lambda::EventSourceMapping',
      'RecordBouncesQueue',
    );
    expect(mapping.Properties).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
    expect(readable(mapping.Properties.EventSourceArn)).toBe('<BounceIntakeQueue.Arn>');
  });
});

describe('the configuration set', () => {
  test.each([
    [{}, ['bounce', 'complaint']],
    [{ deliveryEvents: 'true' }, ['bounce', 'complaint', 'delivery']],
  ])('with context %p publishes %p to the topic', (context, types) => {
    const destination = resourceOf(
      synthesize(context),
      'AWS::SES::ConfigurationSetEventDestination',
      'BounceIntakeEvents',
    );
    const { EventDestination } = destination.Properties;
    expect(EventDestination.MatchingEventTypes).toEqual(types);
    expect(readable(EventDestination.SnsDestination.TopicARN)).toBe('<BounceIntakeTopic>');
  });

  test.each([
    [{}, undefined],
    [{ sesList: 'keep' }, undefined],
    [{ sesList: 'rebound' }, { SuppressedReasons: ['COMPLAINT'] }],
  ])('with context %p has the suppression options %p', (context, options) => {
    const set = resourceOf(synthesize(context), 'AWS::SES::ConfigurationSet', 'BounceIntakeConfigurationSet');
    expect(set.Properties?.SuppressionOptions).toEqual(options);
  });

  test('comes after the topic lets SES in', () => {
    const destination = resourceOf(
      template,
      'AWS::SES::ConfigurationSetEventDestination',
      'BounceIntakeEvents',
    );
    expect(destination.DependsOn).toContainEqual(expect.stringMatching(/^BounceIntakeTopicPolicy/));
  });
});
