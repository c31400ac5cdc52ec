import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { expect, jest, test } from '@jest/globals';
import { readPattern } from '../../local/event-pattern.ts';
import { startStreamPoller } from '../../local/stream-poller.ts';

const RECORDS = [1, 2, 3, 4, 5].map((number) => ({
  eventName: 'MODIFY',
  dynamodb: { SequenceNumber: String(number), Keys: { kind: { S: number % 2 === 0 ? 'even' : 'odd' } } },
}));

/** A stream of one shard that answers two records at a time, as DynamoDB does. */
function aStream() {
  const send = async (command: object) => {
    if (command instanceof DescribeStreamCommand)
      return { StreamDescription: { Shards: [{ ShardId: 's' }] } };
    if (command instanceof GetShardIteratorCommand)
      return { ShardIterator: command.input.SequenceNumber ?? '0' };
    if (command instanceof GetRecordsCommand) {
      const after = Number(command.input.ShardIterator);
      return { Records: RECORDS.slice(after, after + 2) };
    }
    throw new Error('What is that?');
  };
  return { send } as unknown as Pick<DynamoDBStreamsClient, 'send'>;
}

test('a function is told what it asked for, in order; what failed is told again before the rest', async () => {
  const told: string[][] = [];
  const onError = jest.fn();
  const dynamodb = { send: async () => ({ Table: { LatestStreamArn: 'arn' } }) } as unknown as DynamoDBClient;
  const poller = startStreamPoller({
    dynamodb,
    streams: aStream(),
    mapping: {
      tableName: 'table',
      functionArn: 'arn',
      batchSize: 10,
      filters: [readPattern('{"dynamodb":{"Keys":{"kind":{"S":["odd"]}}}}')],
    },
    invoke: async (event) => {
      const { Records } = event as { Records: typeof RECORDS };
      told.push(Records.map(({ dynamodb: { SequenceNumber } }) => SequenceNumber));
      if (told.length === 2) throw new Error('Not now.');
    },
    onError,
  });
  while (told.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  await poller.stop();
  expect(told).toEqual([['1'], ['3'], ['3'], ['5']]);
  expect(onError).not.toHaveBeenCalled();
});
