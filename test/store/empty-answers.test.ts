import { describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { NOW } from '../policy/builders.ts';
import { scriptedContext, TABLES } from './scripted-client.ts';

const KEY = { account: 'acme', addressHash: 'hash' };
const DEADLINE = NOW + 20_000;
const NOT_STORED = { Responses: { [TABLES.addressBounces]: [] } };

// DynamoDB names the table of every batch that it has read, and answers each read of a transaction. Whatever says less, a proxy or
// a cut answer, has read nothing, and what is unread must never look like what is not stored.

describe('an answer to a batch that says nothing of its table', () => {
  test.each<[string, object]>([
    ['nothing at all', {}],
    ['no table', { Responses: {} }],
    ['another table', { Responses: { other: [] } }],
    ['that no key is left', { UnprocessedKeys: {} }],
    ['that no key of the table is left', { UnprocessedKeys: { [TABLES.addressBounces]: { Keys: [] } } }],
  ])('says %s: all its keys are asked for again', async (_, answer) => {
    const { context, sent } = scriptedContext([answer, NOT_STORED]);
    const statuses = await createDynamoAddressStore(context).readStatuses(['one', 'two'], DEADLINE);
    expect(statuses).toEqual(new Map());
    const asked = sent.map(({ input }) => input.RequestItems[TABLES.addressBounces].Keys.length);
    expect(asked).toEqual([2, 2]);
  });

  test('is asked again until the deadline, and never means that nothing is stored', async () => {
    const { readStatuses } = createDynamoAddressStore(scriptedContext([{}]).context);
    await expect(readStatuses(['one'], DEADLINE)).rejects.toThrow(UnavailableError);
  });

  test('but of keys that are left asks for those', async () => {
    const Keys = [{ addressHash: { S: 'two' }, scope: { S: 'status' } }];
    const left = { UnprocessedKeys: { [TABLES.addressBounces]: { Keys } } };
    const { context, sent } = scriptedContext([left, NOT_STORED]);
    await createDynamoAddressStore(context).readStatuses(['one', 'two'], DEADLINE);
    expect(sent[1]?.input.RequestItems[TABLES.addressBounces].Keys).toEqual(Keys);
  });
});

describe('an answer to a look at both items of an address', () => {
  test.each<[string, object]>([
    ['nothing at all', {}],
    ['no read', { Responses: [] }],
    ['one read of two', { Responses: [{}] }],
  ])('that says %s is asked for again', async (_, answer) => {
    const { context, sent } = scriptedContext([answer, { Responses: [{}, {}] }]);
    const { record, status } = await createDynamoAddressStore(context).readAddress(KEY, DEADLINE);
    expect([record.version, status.version, sent.length]).toEqual([0, 0, 2]);
  });

  test('never means that nothing is stored', async () => {
    const { readAddress } = createDynamoAddressStore(scriptedContext([{}]).context);
    await expect(readAddress(KEY, DEADLINE)).rejects.toThrow(UnavailableError);
  });
});
