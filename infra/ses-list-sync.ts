import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SYNC_TIMEOUT_IN_SECONDS } from './fed-functions.ts';
import { allow } from './node-function.ts';
import { createRemovalsBucket } from './removals-bucket.ts';
import type { NamedTable } from './tables.ts';

const PROTECTED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const satisfies QueueProps;
/** One group: SES takes one request a second, so its work is done one task after the other. */
const GROUP = 'ses';
/** A status item for which SES was asked to take the address off its list. Everything else is not told to the function. */
const ASKED_OF_SES = FilterCriteria.filter({
  dynamodb: {
    Keys: { scope: { S: ['status'] } },
    NewImage: {
      ses: { M: { sesAccountList: { M: { removal: { M: { requestedAt: { S: [{ exists: true }] } } } } } } },
    },
  },
});

export interface SesListSyncProps {
  readonly syncSesList: LambdaFunction;
  readonly addressBounces: NamedTable;
}

/** The way of an address off SES's account list: stream, function, queue, function; and what is done every hour and day. */
export class SesListSync extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { syncSesList, addressBounces }: SesListSyncProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...PROTECTED,
      fifo: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...PROTECTED,
      fifo: true,
      // What the schedules send has no id of its own.
      contentBasedDeduplication: true,
      retentionPeriod: Duration.days(10),
      visibilityTimeout: Duration.seconds(6 * SYNC_TIMEOUT_IN_SECONDS),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 5 },
    });
    this.feedFromStream(syncSesList, addressBounces);
    this.feedFromQueue(syncSesList);
    createRemovalsBucket(this, 'Removals', syncSesList);
    this.schedule('Requeue', Duration.hours(1), { task: 'requeue' });
    this.schedule('Import', Duration.days(1), { task: 'import' });
  }

  /** What fails is told again until it works, or until the record dies after 24 hours. */
  private feedFromStream(fn: LambdaFunction, { table }: NamedTable): void {
    const eventSourceArn = table.tableStreamArn ?? '';
    fn.addEventSourceMapping('Stream', {
      eventSourceArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      filters: [ASKED_OF_SES],
    });
    allow(
      fn,
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      eventSourceArn,
    );
    // The action knows no resource.
    allow(fn, ['dynamodb:ListStreams'], '*');
  }

  private feedFromQueue(fn: LambdaFunction): void {
    fn.addEventSourceMapping('Queue', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
    });
    allow(
      fn,
      ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
      this.queue.queueArn,
    );
    fn.addEnvironment('TASK_QUEUE_URL', this.queue.queueUrl);
  }

  private schedule(id: string, every: Duration, task: { readonly task: string }): void {
    const target = new SqsQueue(this.queue, {
      message: RuleTargetInput.fromObject(task),
      messageGroupId: GROUP,
    });
    new Rule(this, id, { schedule: Schedule.rate(every), targets: [target] });
  }
}
