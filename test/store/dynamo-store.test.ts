import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Item } from '../../lib/store/items/item.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { storeContract } from './contract.ts';
import { dynamoUnderTest } from './dynamo-under-test.ts';
import { aGrant, aKey, register, soon, update } from './scene.ts';
import type { StoreUnderTest } from './store-under-test.ts';

describe('the store in DynamoDB', () => {
  let dynamo: DynamoLocal;
  let underTest: StoreUnderTest;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    underTest = dynamoUnderTest(dynamo.context);
  });
  afterAll(() => dynamo?.close());

  storeContract(() => underTest);

  describe('items of another version of the code', () => {
    const put = async (table: 'addressBounces' | 'accounts', item: Item) =>
      await dynamo.context.client.send(
        new PutItemCommand({ TableName: dynamo.tables[table], Item: marshall(item) }),
      );
    const get = async (table: 'addressBounces' | 'accounts', key: Item) => {
      const input = { TableName: dynamo.tables[table], Key: marshall(key), ConsistentRead: true };
      return unmarshall((await dynamo.context.client.send(new GetItemCommand(input))).Item ?? {});
    };

    test('keep the attributes that this one does not know', async () => {
      const { store } = underTest;
      const key = aKey();
      const { account, addressHash } = key;
      const later = { v: 7, later: { deep: [1] } };
      const status = { addressHash, scope: 'status' };
      const record = { addressHash, scope: `account#${account}` };
      await put('addressBounces', { ...status, ...later });
      await put('addressBounces', { ...record, ...later, account });
      await register(store, account);
      await update(store, key);
      await store.grantUnbounce({ key, granted: await aGrant(store, key), deadlineAt: soon() });
      for (const itemKey of [status, record]) {
        expect(await get('addressBounces', itemKey)).toMatchObject({ ...later, v: 9 });
      }
    });

    test('of an account keep them as well', async () => {
      const key = { account: aKey().account, item: 'settings' };
      await put('accounts', { ...key, v: 3, later: 'x' });
      await register(underTest.store, key.account, 5);
      expect(await get('accounts', key)).toMatchObject({ v: 4, contacts: 5, later: 'x' });
    });
  });

  test('a status that cannot be read fails the whole list', async () => {
    const { store } = underTest;
    const [good, bad] = [aKey(), aKey()];
    await update(store, good);
    const item = { addressHash: bad.addressHash, scope: 'status', v: 1, 'a#acme': 'yes' };
    await dynamo.context.client.send(
      new PutItemCommand({ TableName: dynamo.tables.addressBounces, Item: marshall(item) }),
    );
    const reading = store.readStatuses([good.addressHash, bad.addressHash], soon());
    await expect(reading).rejects.toThrow('status item: "a#acme" must be a list.');
  });
});
