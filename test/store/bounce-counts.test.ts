import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import {
  createDynamoBounceCountReader,
  createDynamoBounceCountWriter,
} from '../../lib/store/dynamo-bounce-count-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { dayKey } from '../../lib/store/items/bounce-count-item.ts';
import { CorruptItemError } from '../../lib/store/items/item.ts';
import { createMemoryBounceCountStore } from '../../lib/store/memory-bounce-count-store.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { aTally, type BounceCountStore, bounceCountContract } from './bounce-count-contract.ts';
import { aKey, soon } from './scene.ts';

const DAY = '2026-11-23';

function storeOf(context: DynamoContext): BounceCountStore {
  return { ...createDynamoBounceCountWriter(context), ...createDynamoBounceCountReader(context) };
}

/** A store over a client that answers as told. */
function storeOver(send: () => Promise<unknown>): BounceCountStore {
  let now = 0;
  return storeOf({
    client: { send } as unknown as DynamoContext['client'],
    tables: { addressBounces: '', campaignRecipients: '', unbounceQuotas: '', accounts: '' },
    clock: () => now,
    sleep: async (durationInMs) => {
      now += durationInMs;
    },
    random: () => 1,
  });
}

describe('counts of bounces in memory', () => {
  const store = createMemoryBounceCountStore();
  bounceCountContract(() => store);
});

describe('counts of bounces in DynamoDB', () => {
  let dynamo: DynamoLocal;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  bounceCountContract(() => storeOf(dynamo.context));

  test('are gone ten days after nobody asks for them any more', async () => {
    const { account } = aKey();
    await storeOf(dynamo.context).addBounceCounts({
      tally: aTally(account, DAY, { policy: 1 }),
      deadlineAt: soon(),
    });
    const Key = marshall(dayKey(account, DAY));
    const command = new GetItemCommand({ TableName: dynamo.tables.campaignRecipients, Key });
    const { Item = {} } = await dynamo.context.client.send(command);
    expect(unmarshall(Item)['expiresAt']).toBe(Date.parse('2027-03-03T00:00:00Z') / 1000);
  });
});

describe('a count in DynamoDB', () => {
  const deadlineAt = 60_000;
  const tally = aTally('acme', DAY, { policy: 1 });

  test('is given up after three seconds, however long the batch may still take', async () => {
    let tries = 0;
    const throttled = storeOver(async () => {
      tries++;
      throw Object.assign(new Error('Slow.'), { name: 'ThrottlingException' });
    });
    await expect(throttled.addBounceCounts({ tally, deadlineAt })).rejects.toThrow(UnavailableError);
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(12);
  });

  test('that is no number is refused, and a reason of a later version passed over', async () => {
    const answering = (item: object) =>
      storeOver(async () => ({ Items: [marshall({ recipient: `day#${DAY}`, ...item })] }));
    const query = { account: 'acme', from: DAY, to: DAY, deadlineAt };
    expect(await answering({ policy: 1, greylisted: 2 }).readBounceCounts(query)).toEqual([
      { day: DAY, counts: new Map([['policy', 1]]) },
    ]);
    await expect(answering({ policy: 'one' }).readBounceCounts(query)).rejects.toThrow(CorruptItemError);
  });
});
