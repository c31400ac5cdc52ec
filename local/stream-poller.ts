import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import { matches } from './event-pattern.ts';
import { REGION } from './references.ts';
import type { StreamMapping } from './topology.ts';

export interface StreamPollerOptions {
  readonly dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly streams: Pick<DynamoDBStreamsClient, 'send'>;
  readonly mapping: StreamMapping;
  invoke(event: unknown): Promise<unknown>;
  /** Told when the stream cannot be reached. */
  onError(error: unknown): void;
}

export interface StreamPoller {
  /** Reads nothing more, and waits a moment for the batch in work. */
  stop(): Promise<void>;
}

const POLL_INTERVAL_IN_MS = 250;
const PAUSE_AFTER_ERROR_IN_MS = 1_000;
const MOST_STOP_IN_MS = 1_000;

/** Tells a function the changes of a table in their order; what failed is told again, with all behind it, until it does not. */
export function startStreamPoller(options: StreamPollerOptions): StreamPoller {
  const { streams, mapping, onError } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  /** The last record told of each shard. */
  const lastTold = new Map<string, string>();

  async function tell(records: readonly StreamRecord[]): Promise<void> {
    const { filters } = mapping;
    const told = records.filter(
      (record) => filters.length === 0 || filters.some((one) => matches(one, record)),
    );
    for (let start = 0; start < told.length; start += mapping.batchSize) {
      let left: readonly Told[] = told.slice(start, start + mapping.batchSize).map(toRecord);
      while (!signal.aborted && left.length > 0) {
        left = await notTaken(left);
        if (left.length > 0) await sleep(PAUSE_AFTER_ERROR_IN_MS);
      }
    }
  }

  async function notTaken(Records: readonly Told[]): Promise<readonly Told[]> {
    try {
      const response = await options.invoke({ Records });
      return mapping.reportsItemFailures ? fromFirstFailed(response, Records) : [];
    } catch {
      return Records;
    }
  }

  async function readShards(StreamArn: string): Promise<void> {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      const { ShardIterator } = await streams.send(iteratorOf(StreamArn, ShardId));
      const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
      await tell(Records);
      const last = Records.at(-1)?.dynamodb?.SequenceNumber;
      if (last !== undefined) lastTold.set(ShardId, last);
    }
  }

  /** A new one every time: the one that DynamoDB Local gives with an empty answer cannot be used once there is something. */
  function iteratorOf(StreamArn: string, ShardId: string): GetShardIteratorCommand {
    const SequenceNumber = lastTold.get(ShardId);
    return new GetShardIteratorCommand({
      StreamArn,
      ShardId,
      ...(SequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber }),
    });
  }

  async function poll(): Promise<void> {
    const StreamArn = await findStream(options);
    while (!signal.aborted) {
      try {
        await readShards(StreamArn);
        await sleep(POLL_INTERVAL_IN_MS);
      } catch (error) {
        if (signal.aborted) return;
        onError(error);
        await sleep(PAUSE_AFTER_ERROR_IN_MS);
      }
    }
  }

  const polling = poll().catch(onError);
  return {
    async stop() {
      stopping.abort();
      await Promise.race([polling, sleep(MOST_STOP_IN_MS, null, { ref: false })]);
    },
  };
}

async function findStream({ dynamodb, mapping }: StreamPollerOptions): Promise<string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: mapping.tableName }));
  return Table?.LatestStreamArn ?? '';
}

/** As Lambda tells it. */
function toRecord({ eventID, eventName, dynamodb }: StreamRecord) {
  return {
    eventID,
    eventName,
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    awsRegion: REGION,
    dynamodb: { ...dynamodb, ApproximateCreationDateTime: secondsOf(dynamodb?.ApproximateCreationDateTime) },
  };
}

function secondsOf(time: Date | undefined): number | undefined {
  return time && time.getTime() / 1_000;
}

type Told = ReturnType<typeof toRecord>;

/** Source: AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda". */
function fromFirstFailed(response: unknown, records: readonly Told[]): readonly Told[] {
  const { batchItemFailures = [] } = (response ?? {}) as DynamoDBBatchResponse;
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
  return failed.size === 0 ? [] : records.slice(Math.max(first, 0));
}
