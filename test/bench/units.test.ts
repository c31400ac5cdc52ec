import {
  type ConsumedCapacity,
  type DynamoDBClient,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { recordEvent } from '../../bench/measured/events.ts';
import * as count from '../../bench/metered/operations.ts';
import { createRooms } from '../../bench/metered/rooms.ts';
import { openDynamoLocal } from '../support/dynamo-local.ts';

const SETTINGS_AND_QUOTA = 2;
/** Of an account's bounces on a day: one update for a whole batch. */
const COUNT_OF_DAY = 1;
const A_PAGE = { query: { limit: '100' } };
const A_PAGE_OF_CAMPAIGN = {
  path: count.IN_CAMPAIGN,
  query: { outcome: 'bounced', limit: '100' },
};

let few: count.Deployment;
let many: count.Deployment;
beforeAll(async () => {
  few = await count.deploy(200);
  many = await count.deploy(2_000);
});

describe('a filter call', () => {
  test.each([
    [1, 0, 1],
    [98, 2, 2],
    [101, 0, 2],
    [9_800, 200, 102],
  ])(
    'of %d unknown and %d suppressed addresses reads each once, and the suppressed twice',
    async (unknown, suppressed, batches) => {
      const keys = unknown + suppressed + suppressed + SETTINGS_AND_QUOTA;
      expect(await count.countFilter(few, { unknown, suppressed })).toEqual({
        calls: batches + SETTINGS_AND_QUOTA,
        keys,
        reads: keys,
        writes: 0,
      });
    },
  );
});

describe('a bounce', () => {
  test('of a new address is read and written once', async () => {
    await count.countBounce(few, 'warm@new.example');
    expect(await count.countBounce(few, 'first@new.example')).toEqual({
      calls: 5,
      keys: 4,
      reads: 4,
      writes: 10 + COUNT_OF_DAY,
    });
  });

  test('that is known is read, and nothing is written', async () => {
    const [known = ''] = few.bounced;
    expect(await count.countBounce(few, known)).toMatchObject({ reads: 4, writes: 0 });
  });

  test('beside nine others of a batch costs no more than alone, and is counted with them', async () => {
    const { reads, writes } = await count.countTenBounces(few, 'ten');
    expect(reads).toBeLessThanOrEqual(10 * 4);
    expect(writes).toBeLessThanOrEqual(10 * 10 + COUNT_OF_DAY);
  });

  test('changes its address in DynamoDB Local at the cost that is counted here', async () => {
    const dynamo = await openDynamoLocal();
    const { client, capacity } = countingWrites(dynamo.context.client);
    const rooms = createRooms({ client, names: dynamo.tables });
    const deadline = { getRemainingTimeInMillis: () => 29_000 };
    await rooms.record(recordEvent(['warm@new.example']) as SQSEvent, deadline);
    capacity.length = 0;
    await rooms.record(recordEvent(['first@new.example']) as SQSEvent, deadline);
    dynamo.close();
    // Of the ten, the campaign's row and its count are four: each a transactional write of less than 1 KB.
    const ofAddress = capacity.filter(({ TableName }) => TableName === dynamo.tables.addressBounces);
    expect(ofAddress.map(({ CapacityUnits }) => CapacityUnits)).toEqual([10 - 4]);
  });
});

test('an unbounce costs the same, whatever was unbounced before', async () => {
  const own = await count.deploy(22);
  const [first = '', second = '', ...others] = own.bounced;
  const units = await count.countUnbounce(own, first);
  expect(units).toEqual({ calls: 4, keys: 4, reads: 6, writes: 12 });
  for (const other of others) await count.countUnbounce(own, other);
  expect(await count.countUnbounce(own, second)).toEqual(units);
});

describe('nothing costs more where ten times as many bounces are stored', () => {
  test.each<[string, (deployment: count.Deployment) => ReturnType<typeof count.countRead>]>([
    ['a filter call', (deployment) => count.countFilter(deployment, { unknown: 90, suppressed: 10 })],
    ['a page of suppressions', (deployment) => count.countRead(deployment, 'suppressions', A_PAGE)],
    [
      'a campaign',
      (deployment) => count.countRead(deployment, 'campaigns/{campaign}', { path: count.IN_CAMPAIGN }),
    ],
    [
      'a page of a campaign',
      (deployment) => count.countRead(deployment, 'campaigns/{campaign}/recipients', A_PAGE_OF_CAMPAIGN),
    ],
  ])('%s', async (_, countIn) => {
    const [inFew, inMany] = [await countIn(few), await countIn(many)];
    expect(inMany.reads).toBeLessThanOrEqual(inFew.reads);
    expect(inMany.calls).toBeLessThanOrEqual(inFew.calls);
  });
});

/** Writes down what DynamoDB says that its transactions cost. */
function countingWrites(client: Pick<DynamoDBClient, 'send'>) {
  const capacity: ConsumedCapacity[] = [];
  const send = async (command: TransactWriteItemsCommand, options?: object) => {
    if (!(command instanceof TransactWriteItemsCommand)) return await client.send(command, options);
    const input = { ...command.input, ReturnConsumedCapacity: 'INDEXES' } as const;
    const answer = await client.send(new TransactWriteItemsCommand(input), options);
    capacity.push(...(answer.ConsumedCapacity ?? []));
    return answer;
  };
  return { client: { send } as Pick<DynamoDBClient, 'send'>, capacity };
}
