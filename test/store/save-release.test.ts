import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { decideRelease, type ReleaseRequest } from '../../lib/policy/release.ts';
import { saveRelease } from '../../lib/store/save-release.ts';
import { ACCOUNT, aBounce, afterBounces, aRecord, aStatus, NOW } from '../policy/builders.ts';
import { cancelled, KEPT, LOST, scriptedContext } from './scripted-client.ts';

const { record, status } = afterBounces(
  [aBounce()],
  {},
  { record: aRecord({ version: 4 }), status: aStatus({ version: 7 }) },
);

function aWrite(account: string | null) {
  const request: ReleaseRequest = { address: null, account, by: 'olga', reason: 'It is alive.' };
  const decided = decideRelease(request, { status, records: [record] }, { now: NOW, asksSes: false });
  return { addressHash: 'hash', decided, deadlineAt: NOW + 10_000 };
}

const ROW = {
  Put: {
    TableName: 'UnbounceQuotas',
    Item: marshall({
      account: '#operator',
      entry: 'release#hash#2026-11-23T12:00:00.000Z',
      addressHash: 'hash',
      releasedAt: '2026-11-23T12:00:00.000Z',
      by: 'olga',
      reason: 'It is alive.',
    }),
  },
};
const STATUS = {
  Update: {
    TableName: 'AddressBounces',
    Key: marshall({ addressHash: 'hash', scope: 'status' }),
    ConditionExpression: '#v = :version',
    ExpressionAttributeValues: expect.objectContaining(marshall({ ':version': 7, ':next': 8 })),
  },
};
const RECORD = {
  Update: {
    TableName: 'AddressBounces',
    Key: marshall({ addressHash: 'hash', scope: `account#${ACCOUNT}` }),
    ConditionExpression: '#v = :version',
    ExpressionAttributeValues: expect.objectContaining(marshall({ ':version': 4, ':next': 5 })),
  },
};

describe('a release is saved', () => {
  test('with status and ledger row in one transaction', async () => {
    const { context, sent } = scriptedContext([{}]);
    expect(await saveRelease(context, aWrite(null))).toBe('saved');
    expect(sent).toMatchObject([
      { name: 'TransactWriteItemsCommand', input: { TransactItems: [STATUS, ROW] } },
    ]);
    expect(sent[0]?.input.TransactItems).toHaveLength(2);
  });

  test("with the named account's item as well", async () => {
    const { context, sent } = scriptedContext([{}]);
    await saveRelease(context, aWrite(ACCOUNT));
    const named = { Put: { Item: expect.objectContaining(marshall({ releasedAccount: ACCOUNT })) } };
    expect(sent[0]?.input.TransactItems).toMatchObject([STATUS, RECORD, named]);
  });

  test('with the same token for every try, and another for every release', async () => {
    const { context, sent } = scriptedContext([cancelled({ Code: 'TransactionConflict' }), {}]);
    await saveRelease(context, aWrite(null));
    await saveRelease(context, aWrite(null));
    const [first, again, other] = sent.map(({ input }) => input.ClientRequestToken);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('unless another writer was first, or no try can mend it', async () => {
    expect(await saveRelease(scriptedContext([cancelled(LOST, KEPT)]).context, aWrite(null))).toBe('lost');
    const wrong = scriptedContext([new TypeError('wrong')]).context;
    await expect(saveRelease(wrong, aWrite(null))).rejects.toThrow('wrong');
  });
});
