import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './node-function.ts';
import type { NamedTable } from './tables.ts';

const IS_THERE = { S: [{ exists: true }] };
const DECLARED = { global: { M: { declaredAt: IS_THERE } } };
/** What may have something to tell; most changes of items have not, and are not told to the function. */
const TELLING = [
  { NewImage: { suppressedAt: IS_THERE } },
  { NewImage: { unbounce: { M: { unbouncedAt: IS_THERE } } } },
  { NewImage: DECLARED },
  { OldImage: DECLARED },
].map((dynamodb) => FilterCriteria.filter({ dynamodb }));
/** What the bus has not taken by then goes to the queue, while the stream still holds it for three quarters of a day. */
const GIVEN_UP_AFTER = Duration.hours(6);

export interface EventsOutProps {
  readonly publishEvents: LambdaFunction;
  readonly addressBounces: NamedTable;
}

/** The way of an event: stream, publish-events, bus; and where it is noted that some could not go on. */
export class EventsOut extends Construct {
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { publishEvents, addressBounces }: EventsOutProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const { queueArn } = this.deadLetterQueue;
    const eventSourceArn = addressBounces.table.tableStreamArn ?? '';
    publishEvents.addEventSourceMapping('Stream', {
      eventSourceArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge: GIVEN_UP_AFTER,
      onFailure: { bind: () => ({ destination: queueArn }) },
      filters: TELLING,
    });
    allow(
      publishEvents,
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      eventSourceArn,
    );
    // The action knows no resource.
    allow(publishEvents, ['dynamodb:ListStreams'], '*');
    allow(publishEvents, ['sqs:SendMessage'], queueArn);
  }
}
