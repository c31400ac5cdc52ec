import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { recordChange } from '../../lib/store/address-change.ts';
import { writeOf } from '../../lib/store/address-write.ts';
import { changedNames, versionCheck, versionedUpdate } from '../../lib/store/update-expression.ts';
import { versionedWrite } from '../../lib/store/versioned-write.ts';
import { ACCOUNT, aBounce, afterBounces, aRecord, aStatus, NOW } from '../policy/builders.ts';
import { scriptedContext } from './scripted-client.ts';

const KEY = { addressHash: 'hash', scope: 'status' };
const PLACE = { table: 'Things', key: KEY };

describe('an update under the version read', () => {
  test('of an item that was not there asks that there is still none, and sets all', () => {
    const change = { ...PLACE, version: 0, before: {}, after: { colour: 'red', size: undefined } };
    expect(versionedUpdate(change)).toEqual({
      TableName: 'Things',
      Key: marshall(KEY),
      UpdateExpression: 'SET #v = :next, #1 = :1',
      ConditionExpression: 'attribute_not_exists(#v)',
      ExpressionAttributeNames: { '#v': 'v', '#1': 'colour' },
      ExpressionAttributeValues: marshall({ ':next': 1, ':1': 'red' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  test('names what changed, what is new and what is gone, and nothing else', () => {
    const before = { same: { deep: [1] }, changed: 1, gone: true };
    const after = { same: { deep: [1] }, changed: 2, added: 'x' };
    expect(versionedUpdate({ ...PLACE, version: 4, before, after, absent: ['global', 'unbounce'] })).toEqual({
      TableName: 'Things',
      Key: marshall(KEY),
      UpdateExpression: 'SET #v = :next, #1 = :1, #3 = :3 REMOVE #2',
      ConditionExpression:
        '#v = :version AND attribute_not_exists(#absent0) AND attribute_not_exists(#absent1)',
      ExpressionAttributeNames: {
        '#v': 'v',
        '#1': 'changed',
        '#2': 'gone',
        '#3': 'added',
        '#absent0': 'global',
        '#absent1': 'unbounce',
      },
      ExpressionAttributeValues: marshall({ ':next': 5, ':version': 4, ':1': 2, ':3': 'x' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  test('of several that are gone names each', () => {
    const change = { ...PLACE, version: 1, before: { a: 1, b: 2 }, after: {} };
    expect(versionedUpdate(change).UpdateExpression).toBe('SET #v = :next REMOVE #1, #2');
    expect(changedNames(change)).toEqual(['a', 'b']);
  });

  test('leaves out what a value does not say', () => {
    const change = { ...PLACE, version: 0, before: {}, after: { mark: { until: undefined, rule: 'B1' } } };
    expect(versionedUpdate(change).ExpressionAttributeValues).toEqual(
      marshall({ ':next': 1, ':1': { rule: 'B1' } }),
    );
  });

  test.each([
    ['that was not there', 0, { ConditionExpression: 'attribute_not_exists(#v)' }],
    [
      'of a version',
      3,
      {
        ConditionExpression: '#v = :version',
        ExpressionAttributeValues: marshall({ ':version': 3 }),
      },
    ],
  ])('is checked without a change for an item %s', (_, version, condition) => {
    expect(versionCheck({ ...PLACE, version })).toEqual({
      TableName: 'Things',
      Key: marshall(KEY),
      ExpressionAttributeNames: { '#v': 'v' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...condition,
    });
  });
});

describe('an item of which more changes than an expression can name', () => {
  const attributes = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`a#${index}`, index]));
  const deadlineAt = NOW + 1_000;

  test('is updated as long as it can be', async () => {
    const { context, sent } = scriptedContext([{}]);
    const change = { ...PLACE, version: 2, before: {}, after: attributes(200) };
    expect(await versionedWrite(context, change, deadlineAt)).toEqual({ Update: versionedUpdate(change) });
    expect(sent).toEqual([]);
  });

  test('is written whole beyond that, with what is stored and this code does not know', async () => {
    const stored = { ...KEY, v: 2, old: 1, later: 'x' };
    const { context, sent } = scriptedContext([{ Responses: { Things: [marshall(stored)] } }]);
    const after = { ...attributes(201), empty: undefined };
    const change = { ...PLACE, version: 2, before: { old: 1 }, after };
    const { Key, ...asRead } = versionCheck(change);
    expect(Key).toEqual(marshall(KEY));
    expect(await versionedWrite(context, change, deadlineAt)).toEqual({
      Put: { ...asRead, Item: marshall({ later: 'x', ...attributes(201), ...KEY, v: 3 }) },
    });
    expect(sent).toMatchObject([
      { name: 'BatchGetItemCommand', input: { RequestItems: { Things: { Keys: [marshall(KEY)] } } } },
    ]);
  });

  test('is written whole where nothing is stored as well', async () => {
    const { context } = scriptedContext([{ Responses: { Things: [] } }]);
    const change = { ...PLACE, version: 0, before: {}, after: attributes(201) };
    const { Put } = await versionedWrite(context, change, deadlineAt);
    expect(Put?.Item).toEqual(marshall({ ...attributes(201), ...KEY, v: 1 }));
  });
});

describe("the change of an account's item", () => {
  const change = (version: number) => {
    const before = { record: aRecord({ version }) };
    const after = { record: afterBounces([aBounce()], {}, { ...before, status: aStatus() }).record };
    return recordChange({ table: 'Things', account: ACCOUNT, addressHash: 'hash', before, after });
  };

  test('sets all of an item that was not there', () => {
    expect(change(0)).toMatchObject({ version: 0, before: {}, after: { account: ACCOUNT } });
    expect(changedNames(change(0))).toContain('account');
  });

  test('sets of another what is new', () => {
    expect(change(3)).toMatchObject({ version: 3, before: { account: ACCOUNT } });
    expect(changedNames(change(3))).not.toContain('account');
  });
});

describe('what a change of an address writes', () => {
  const before = { record: aRecord({ version: 3 }), status: aStatus({ version: 8 }) };

  test('nothing where nothing changed', () => {
    expect(writeOf(before, before)).toEqual({ touchesRecord: false, touchesStatus: false, stored: before });
  });

  test('the record alone for a soft bounce', () => {
    const after = afterBounces([aBounce({ permanence: 'transient' })], {}, before);
    expect(writeOf(before, after)).toEqual({
      touchesRecord: true,
      touchesStatus: false,
      stored: { record: { ...after.record, version: 4 }, status: before.status },
    });
  });

  test('the status alone for a mark of SES', () => {
    const after = { ...before, status: { ...before.status, erasedAt: NOW } };
    expect(writeOf(before, after)).toEqual({
      touchesRecord: false,
      touchesStatus: true,
      stored: { record: before.record, status: { ...after.status, version: 9 } },
    });
  });

  test('both for a suppression', () => {
    const after = afterBounces([aBounce()], {}, before);
    expect(writeOf(before, after)).toEqual({
      touchesRecord: true,
      touchesStatus: true,
      stored: { record: { ...after.record, version: 4 }, status: { ...after.status, version: 9 } },
    });
  });
});
