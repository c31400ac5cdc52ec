import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decideCorrection } from '../../lib/policy/correction.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { createDynamoCorrectionStore } from '../../lib/store/dynamo-correction-store.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createMemoryStore } from '../../lib/store/memory-store.ts';
import { aBounce, NOW, POLICY } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { type Fault, injectFaults } from '../support/faults.ts';
import { CORRECTION, type CorrectionStores, correctionContract, DEAD } from './correction-contract.ts';
import { dynamoStores } from './dynamo-under-test.ts';
import { aKey, bounced, DEFAULT_ACCOUNT, read, soon, update } from './scene.ts';

describe('in memory', () => {
  const store = createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT });
  correctionContract(() => store);
});

describe('in DynamoDB', () => {
  let dynamo: DynamoLocal;
  const storesOf = (context: DynamoLocal['context']): CorrectionStores => ({
    ...dynamoStores(context),
    ...createDynamoOperatorStore(context),
    ...createDynamoCorrectionStore(context),
  });

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  correctionContract(() => storesOf(dynamo.context));

  async function aWrite(store: CorrectionStores, bounces = [DEAD]) {
    const key = aKey();
    await update(store, key, bounced(bounces));
    const whole = await store.readWhole(key.addressHash, soon());
    const context = { policy: POLICY, now: NOW, asksSes: true };
    const decided = decideCorrection({ account: key.account, correction: CORRECTION }, whole, context);
    return { ...key, id: 'one', by: 'olga', correctedAt: NOW, decided, deadlineAt: soon() };
  }

  test('the row says which reasons an address lost, and holds no address', async () => {
    const store = storesOf(dynamo.context);
    const spam = aBounce({ key: 'spam', feedbackId: 'f2', campaign: 'autumn' });
    const write = await aWrite(store, [DEAD, spam]);
    await store.saveCorrection(write);
    const { Items = [] } = await dynamo.context.client.send(
      new QueryCommand({
        TableName: dynamo.context.tables.unbounceQuotas,
        KeyConditionExpression: 'account = :account',
        ExpressionAttributeValues: marshall({ ':account': `#corrections#${write.account}` }),
      }),
    );
    const bouncedAt = '2026-11-23T10:01:00.000Z';
    expect(Items.map((item) => unmarshall(item))).toEqual([
      {
        account: `#corrections#${write.account}`,
        entry: `corrected#one#${write.addressHash}`,
        addressHash: write.addressHash,
        by: 'olga',
        correctedAt: '2026-11-23T12:00:00.000Z',
        'lifted#unknown_user': { rule: 'B1', bouncedAt, feedbackId: DEAD.feedbackId, campaign: 'spring' },
        'lifted#spam': { rule: 'B6', bouncedAt, feedbackId: 'f2', campaign: 'autumn' },
      },
    ]);
  });

  test.each<[string, Fault]>([
    ['a throttle', 'throttled'],
    ['a conflict', 'conflict'],
    ['an answer that is lost', 'lost_response'],
  ])('%s costs nothing but a further try', async (_name, fault) => {
    const client = localDynamoClient(dynamo.endpoint);
    const store = storesOf(dynamo.withClient(client));
    const write = await aWrite(store);
    injectFaults(client).next('TransactWriteItems', fault);
    expect(await store.saveCorrection(write)).toBe('saved');
    const { account, id } = write;
    expect(await store.finishCorrection({ account, id, finishedAt: NOW }, soon())).toBe(1);
    expect((await read(store, write)).record).toMatchObject({ version: 2, suppression: null });
    client.destroy();
  });

  test('a store that does not answer by the deadline is unavailable', async () => {
    const store = storesOf(dynamo.context);
    const write = { ...(await aWrite(store)), deadlineAt: 0 };
    await expect(store.saveCorrection(write)).rejects.toThrow(UnavailableError);
  });
});
