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
import type { StreamMapping } from '../../local/topology.ts';

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

type Told = { readonly Records: typeof RECORDS };

/** What a function is told until it has been told `until` times; it answers, or throws, what `answer` says of each. */
async function toldUntil(
  until: number,
  { answer, ...mapping }: Partial<StreamMapping> & { readonly answer: (times: number) => unknown },
) {
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
      filters: [],
      reportsItemFailures: false,
      ...mapping,
    },
    invoke: async (event) => {
      told.push((event as Told).Records.map(({ dynamodb: { SequenceNumber } }) => SequenceNumber));
      return answer(told.length);
    },
    onError,
  });
  while (told.length < until) await new Promise((resolve) => setTimeout(resolve, 20));
  await poller.stop();
  expect(onError).not.toHaveBeenCalled();
  return told;
}

test('a function is told what it asked for, in order; what failed is told again before the rest', async () => {
  const told = await toldUntil(4, {
    filters: [readPattern('{"dynamodb":{"Keys":{"kind":{"S":["odd"]}}}}')],
    answer(times) {
      if (times === 2) throw new Error('Not now.');
    },
  });
  expect(told).toEqual([['1'], ['3'], ['3'], ['5']]);
});

test('a function that names the first that failed is told again from there on', async () => {
  const failed = (itemIdentifier: string) => ({ batchItemFailures: [{ itemIdentifier }] });
  const told = await toldUntil(6, {
    reportsItemFailures: true,
    answer: (times) => [failed('2'), failed('2'), undefined, failed('unheard of'), null][times - 1],
  });
  expect(told).toEqual([['1', '2'], ['2'], ['2'], ['3', '4'], ['3', '4'], ['5']]);
});
