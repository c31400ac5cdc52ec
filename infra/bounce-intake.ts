import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  CfnConfigurationSetEventDestination,
  ConfigurationSet,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RECORD_TIMEOUT_IN_SECONDS } from './fed-functions.ts';
import { allow } from './node-function.ts';
import type { Settings } from './settings.ts';

const PROTECTED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const satisfies QueueProps;
const DEAD_LETTER_RETENTION = Duration.days(14);

export interface BounceIntakeProps {
  readonly recordBounces: LambdaFunction;
  readonly settings: Settings;
}

/** The way of a notification: SES, topic, queue, record-bounces; and where it waits when it cannot go on. */
export class BounceIntake extends Construct {
  readonly topic: Topic;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly subscriptionDeadLetterQueue: Queue;
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { recordBounces, settings }: BounceIntakeProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...PROTECTED,
      retentionPeriod: DEAD_LETTER_RETENTION,
    });
    this.subscriptionDeadLetterQueue = new Queue(this, 'SubscriptionDeadLetterQueue', {
      ...PROTECTED,
      retentionPeriod: DEAD_LETTER_RETENTION,
    });
    this.queue = new Queue(this, 'Queue', {
      ...PROTECTED,
      retentionPeriod: Duration.days(10),
      visibilityTimeout: Duration.seconds(6 * RECORD_TIMEOUT_IN_SECONDS),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 5 },
    });
    this.topic = this.createTopic();
    this.configurationSet = this.createConfigurationSet(settings);
    this.feed(recordBounces, settings.maxConcurrency);
  }

  /** Not encrypted with a KMS key: SES may not use the AWS managed one, and another costs every month. */
  private createTopic(): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'SesOfThisAwsAccount',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    topic.addSubscription(
      new SqsSubscription(this.queue, { deadLetterQueue: this.subscriptionDeadLetterQueue }),
    );
    return topic;
  }

  private createConfigurationSet({ deliveryEvents, sesList }: Settings): ConfigurationSet {
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      ...(sesList === 'rebound' && { suppressionReasons: SuppressionReasons.COMPLAINTS_ONLY }),
    });
    const destination = new CfnConfigurationSetEventDestination(this, 'Events', {
      configurationSetName: configurationSet.configurationSetName,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ['bounce', 'complaint', ...(deliveryEvents ? ['delivery'] : [])],
        snsDestination: { topicArn: this.topic.topicArn },
      },
    });
    // SES tries the topic when the destination is created, so its policy must stand by then.
    destination.node.addDependency(this.topic);
    return configurationSet;
  }

  private feed(recordBounces: LambdaFunction, maxConcurrency: number): void {
    recordBounces.addEventSourceMapping('Queue', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
    allow(
      recordBounces,
      ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      this.queue.queueArn,
    );
    recordBounces.addEnvironment('DEAD_LETTER_QUEUE_URL', this.deadLetterQueue.queueUrl);
    allow(recordBounces, ['sqs:SendMessage'], this.deadLetterQueue.queueArn);
  }
}
