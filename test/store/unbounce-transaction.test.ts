import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { decideUnbounce, type UnbounceGuard } from '../../lib/policy/unbounce.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { unbounceTransaction } from '../../lib/store/unbounce-transaction.ts';
import {
  ACCOUNT,
  aBounce,
  afterBounces,
  anAccount,
  aRecord,
  aRequest,
  aSnapshot,
  aStatus,
  granted,
  NOW,
  POLICY,
} from '../policy/builders.ts';
import { cancelled, KEPT, LOST, scriptedContext, TABLES } from './scripted-client.ts';

const KEY = { account: ACCOUNT, addressHash: 'hash' };
const ASKED = { policy: POLICY, receivedAt: NOW, now: NOW, asksSes: false };
const SUPPRESSED = afterBounces(
  [aBounce()],
  {},
  { record: aRecord({ version: 4 }), status: aStatus({ version: 7 }) },
);
const GRANTED = granted(
  decideUnbounce(aRequest({ idempotencyKey: 'k' }), aSnapshot({ ...SUPPRESSED, used: 3 }), ASKED),
);
const DEADLINE = NOW + 10_000;
const WRITE = { key: KEY, granted: GRANTED, deadlineAt: DEADLINE };

function without(name: UnbounceGuard['guard']) {
  const guards = GRANTED.guards.filter(({ guard }) => guard !== name);
  return { ...WRITE, granted: { ...GRANTED, guards } };
}

describe('the transaction of an unbounce', () => {
  const [counter, row, record, status, account] = unbounceTransaction(WRITE, TABLES);

  test('counts one, as long as the month has one left', () => {
    expect(counter).toEqual({
      guards: [{ guard: 'quota_left', month: '2026-11', limit: 10 }],
      action: {
        Update: {
          TableName: 'UnbounceQuotas',
          Key: marshall({ account: ACCOUNT, entry: '2026-11' }),
          UpdateExpression: 'ADD #used :one',
          ConditionExpression: 'attribute_not_exists(#used) OR #used < :limit',
          ExpressionAttributeNames: { '#used': 'used' },
          ExpressionAttributeValues: marshall({ ':one': 1, ':limit': 10 }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    });
  });

  test('writes its row of the ledger, where there is none', () => {
    expect(row).toEqual({
      guards: [{ guard: 'ledger_row_absent' }],
      action: {
        Put: {
          TableName: 'UnbounceQuotas',
          Item: expect.objectContaining({
            ...marshall({ account: ACCOUNT, entry: '2026-11#2026-11-23T12:00:00.000Z#hash' }),
            ...marshall({ addressHash: 'hash', by: 'anna', idempotencyKey: 'k' }),
          }),
          ConditionExpression: 'attribute_not_exists(#account)',
          ExpressionAttributeNames: { '#account': 'account' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    });
  });

  test("changes the account's item, as read and never unbounced", () => {
    expect(record).toMatchObject({
      guards: [{ guard: 'record_as_read', version: 4 }, { guard: 'never_unbounced' }],
      action: {
        Update: {
          TableName: 'AddressBounces',
          Key: marshall({ addressHash: 'hash', scope: `account#${ACCOUNT}` }),
          ConditionExpression: '#v = :version AND attribute_not_exists(#absent0)',
          ExpressionAttributeNames: { '#v': 'v', '#absent0': 'unbounce' },
          ExpressionAttributeValues: marshall({ ':version': 4, ':next': 5 }),
        },
      },
    });
  });

  test('changes the status item, as read and not dead for all', () => {
    expect(status).toMatchObject({
      guards: [{ guard: 'status_as_read', version: 7 }, { guard: 'not_global' }],
      action: {
        Update: {
          TableName: 'AddressBounces',
          Key: marshall({ addressHash: 'hash', scope: 'status' }),
          UpdateExpression: 'SET #v = :next REMOVE #1',
          ConditionExpression: '#v = :version AND attribute_not_exists(#absent0)',
          ExpressionAttributeNames: { '#v': 'v', '#1': `a#${ACCOUNT}`, '#absent0': 'global' },
          ExpressionAttributeValues: marshall({ ':version': 7, ':next': 8 }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    });
  });

  test("checks the account's settings, as read", () => {
    expect(account).toEqual({
      guards: [{ guard: 'account_as_read', version: anAccount().version }],
      action: {
        ConditionCheck: {
          TableName: 'Accounts',
          Key: marshall({ account: ACCOUNT, item: 'settings' }),
          ConditionExpression: '#v = :version',
          ExpressionAttributeNames: { '#v': 'v' },
          ExpressionAttributeValues: marshall({ ':version': 3 }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    });
  });

  test.each(GRANTED.guards.map(({ guard }) => guard))('is not made without the guard %s', (guard) => {
    expect(() => unbounceTransaction(without(guard), TABLES)).toThrow(
      `The decision names no guard ${guard}, which the transaction needs.`,
    );
  });
});

describe('the store that writes it', () => {
  test('sends the five actions at once, and the same token for every try', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const { context, sent } = scriptedContext([throttled, cancelled({ Code: 'TransactionConflict' }), {}]);
    expect(await createDynamoUnbounceStore(context).grantUnbounce(WRITE)).toEqual({ outcome: 'saved' });
    expect(sent.map(({ name }) => name)).toEqual(Array(3).fill('TransactWriteItemsCommand'));
    expect(sent[0]?.input.TransactItems).toEqual(
      unbounceTransaction(WRITE, TABLES).map(({ action }) => action),
    );
    const tokens = sent.map(({ input }) => input.ClientRequestToken);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(tokens).size).toBe(1);
  });

  test('gives two unbounces different tokens', async () => {
    const { context, sent } = scriptedContext([{}]);
    const store = createDynamoUnbounceStore(context);
    await store.grantUnbounce(WRITE);
    await store.grantUnbounce(WRITE);
    expect(new Set(sent.map(({ input }) => input.ClientRequestToken)).size).toBe(2);
  });

  const found = (item: Record<string, unknown>) => ({ ...LOST, Item: marshall(item) });
  test.each<[string, readonly object[], readonly UnbounceGuard['guard'][]]>([
    ['the counter', [LOST, KEPT, KEPT, KEPT, KEPT], ['quota_left']],
    ['the row', [KEPT, LOST, KEPT, KEPT, KEPT], ['ledger_row_absent']],
    ["the account's item, which is another", [KEPT, KEPT, found({ v: 5 }), KEPT, KEPT], ['record_as_read']],
    ["the account's item, which is gone", [KEPT, KEPT, LOST, KEPT, KEPT], ['record_as_read']],
    [
      "the account's item, unbounced meanwhile",
      [KEPT, KEPT, found({ v: 5, unbounce: {} }), KEPT, KEPT],
      ['record_as_read', 'never_unbounced'],
    ],
    [
      "the account's item, unbounced as it was read",
      [KEPT, KEPT, found({ v: 4, unbounce: {} }), KEPT, KEPT],
      ['never_unbounced'],
    ],
    ['the status item, which is another', [KEPT, KEPT, KEPT, found({ v: 8 }), KEPT], ['status_as_read']],
    [
      'the status item, dead for all',
      [KEPT, KEPT, KEPT, found({ v: 8, global: {} }), KEPT],
      ['status_as_read', 'not_global'],
    ],
    [
      'the status item, dead for all as it was read',
      [KEPT, KEPT, KEPT, found({ v: 7, global: {} }), KEPT],
      ['not_global'],
    ],
    ['the status item, which is gone', [KEPT, KEPT, KEPT, LOST, KEPT], ['status_as_read']],
    ['an item without a version', [KEPT, KEPT, found({ later: 'x' }), KEPT, KEPT], ['record_as_read']],
    ['the settings', [KEPT, KEPT, KEPT, KEPT, LOST], ['account_as_read']],
    ['two of them', [LOST, KEPT, KEPT, KEPT, LOST], ['quota_left', 'account_as_read']],
    ['one that nobody asked for', [KEPT, KEPT, KEPT, KEPT, KEPT, LOST, LOST], []],
  ])('names the guards that fell, by the item found instead: %s', async (_, reasons, lost) => {
    const { context, sent } = scriptedContext([cancelled(...(reasons as (typeof LOST)[]))]);
    const outcome = createDynamoUnbounceStore(context).grantUnbounce(WRITE);
    await (lost.length > 0
      ? expect(outcome).resolves.toEqual({ outcome: 'lost', lost })
      : expect(outcome).rejects.toThrow('Cancelled.'));
    expect(sent).toHaveLength(1);
  });

  test('throws at once what no second try can mend, and gives up at the deadline', async () => {
    const wrong = scriptedContext([new TypeError('wrong')]);
    await expect(createDynamoUnbounceStore(wrong.context).grantUnbounce(WRITE)).rejects.toThrow('wrong');
    expect(wrong.sent).toHaveLength(1);
    const slow = scriptedContext([cancelled({ Code: 'ThrottlingError' })]);
    const never = createDynamoUnbounceStore(slow.context).grantUnbounce(WRITE);
    await expect(never).rejects.toBeInstanceOf(UnavailableError);
  });

  test.each([
    ['none', {}, 0],
    ['three', { Item: marshall({ used: 3 }) }, 3],
  ])('reads the counter of a month, strongly consistent: %s', async (_, answer, used) => {
    const { context, sent } = scriptedContext([answer]);
    const query = { account: ACCOUNT, month: '2026-11', deadlineAt: DEADLINE };
    expect(await createDynamoUnbounceStore(context).readUsed(query)).toBe(used);
    expect(sent).toEqual([
      {
        name: 'GetItemCommand',
        input: {
          TableName: 'UnbounceQuotas',
          Key: marshall({ account: ACCOUNT, entry: '2026-11' }),
          ConsistentRead: true,
        },
      },
    ]);
  });
});
