import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDynamoSesListStore } from '../../lib/store/dynamo-ses-list-store.ts';
import { CorruptItemError } from '../../lib/store/items/item.ts';
import { createMemorySesListStore } from '../../lib/store/memory-ses-list-store.ts';
import type { SesListStore } from '../../lib/store/ses-list-port.ts';
import { readStatusChange } from '../../lib/store/status-change.ts';
import { NOW } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { injectFaults } from '../support/faults.ts';
import { aKey, soon } from './scene.ts';
import { sesListContract } from './ses-list-contract.ts';

describe('in memory', () => {
  const store = createMemorySesListStore();
  sesListContract(() => store);
});

describe('in DynamoDB', () => {
  let dynamo: DynamoLocal;
  let store: SesListStore;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    store = createDynamoSesListStore(dynamo.context);
  });
  afterAll(() => dynamo?.close());

  sesListContract(() => store);

  test('throttles and lost answers are overcome, and writes may be repeated', async () => {
    const client = localDynamoClient(dynamo.endpoint);
    const faulty = createDynamoSesListStore(dynamo.withClient(client));
    const faults = injectFaults(client);
    const storm = { probability: 0.4, faults: ['throttled', 'lost_request', 'lost_response'] } as const;
    for (const [seed, command] of (['PutItem', 'DeleteItem', 'BatchWriteItem', 'Query'] as const).entries()) {
      faults.sometimes(command, { ...storm, seed });
    }
    const entries = Array.from({ length: 60 }, () => ({
      addressHash: aKey().addressHash,
      capitals: '',
      listedFor: 'bounce' as const,
      seenAt: NOW,
    }));
    await faulty.noteListed('stormy', entries, soon());
    await faulty.forgetListed('stormy', entries.slice(40), soon());
    const query = { region: 'stormy', limit: 1_000, after: null, deadlineAt: soon() };
    expect((await faulty.listListed(query)).items).toHaveLength(40);
    const pending = { addressHash: aKey().addressHash, requestedAt: NOW, queuedAt: NOW };
    await faulty.notePending(pending, soon());
    await faulty.forgetPending(pending, soon());
    expect(
      (await store.listPending({ limit: 1_000, after: null, deadlineAt: soon() })).items,
    ).not.toContainEqual(pending);
    client.destroy();
  });
});

describe('a record of the stream', () => {
  const status = { addressHash: { S: 'hash' }, scope: { S: 'status' }, v: { N: '2' } };
  const ses = {
    M: {
      sesAccountList: {
        M: { removal: { M: { requestedAt: { S: '2026-11-23T12:00:00.000Z' }, state: { S: 'pending' } } } },
      },
    },
  };

  test('tells how the status of an address changed', () => {
    const change = readStatusChange({ dynamodb: { OldImage: status, NewImage: { ...status, ses } } });
    expect(change).toMatchObject({
      addressHash: 'hash',
      before: { version: 2, ses: {} },
      after: { ses: { sesAccountList: { removal: { requestedAt: NOW, state: 'pending' } } } },
    });
    expect(readStatusChange({ dynamodb: { NewImage: status } })).toMatchObject({ before: { version: 0 } });
  });

  test.each([
    ['an account', { dynamodb: { NewImage: { ...status, scope: { S: 'account#default' } } } }],
    ['what is gone', { dynamodb: { OldImage: status } }],
    ['nothing', {}],
  ])('tells nothing of %s', (_, record) => {
    expect(readStatusChange(record)).toBeNull();
  });

  test('is refused where it cannot be read', () => {
    const broken = { ...status, ses: { M: { sesAccountList: { M: { removal: { M: {} } } } } } };
    expect(() => readStatusChange({ dynamodb: { NewImage: broken } })).toThrow(CorruptItemError);
  });
});
