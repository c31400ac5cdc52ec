import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unsetAccount } from '../../lib/policy/account.ts';
import { withRecord } from '../../lib/policy/address-status.ts';
import { NO_FACTS } from '../../lib/policy/facts.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import type { AddressKey, AddressUpdate } from '../../lib/store/port.ts';
import { aBounce } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { type CommandName, type Fault, type Faults, injectFaults } from '../support/faults.ts';
import { openSilentServer } from '../support/silent-server.ts';
import { tearFirstRead } from '../support/torn-read.ts';
import { dynamoStores, dynamoUnderTest } from './dynamo-under-test.ts';
import {
  aGrant,
  aKey,
  anIdentity,
  aSuppressedKey,
  bounced,
  read,
  readSnapshot,
  type Stores,
  soon,
  update,
} from './scene.ts';

const SOFT = aBounce({ key: 'content', permanence: 'transient' });
const ANOTHER = { ...SOFT, feedbackId: 'another' };

interface Changes {
  readonly change: AddressUpdate['change'];
  readonly meanwhile: AddressUpdate['change'];
}

type Call = (store: Stores, deadlineAt: Instant) => Promise<unknown>;

/** One call of each method, its data prepared with a store that works. */
const METHODS: readonly (readonly [string, CommandName, (working: Stores) => Promise<Call>])[] = [
  ['readStatuses', 'BatchGetItem', async () => (store, at) => store.readStatuses([aKey().addressHash], at)],
  [
    'readRecords',
    'BatchGetItem',
    async () => (store, deadlineAt) =>
      store.readRecords({ account: 'acme', addressHashes: [aKey().addressHash], deadlineAt }),
  ],
  ['readAddress', 'TransactGetItems', async () => (store, at) => store.readAddress(aKey(), at)],
  [
    'updateAddress, of the record alone',
    'UpdateItem',
    async (working) => {
      const key = aKey();
      await update(working, key, bounced([SOFT]));
      return (store, deadlineAt) => store.updateAddress(key, { change: bounced([ANOTHER]), deadlineAt });
    },
  ],
  [
    'updateAddress, of a first record',
    'TransactWriteItems',
    async () => (store, deadlineAt) => store.updateAddress(aKey(), { change: bounced([SOFT]), deadlineAt }),
  ],
  [
    'updateAddress, of both items',
    'TransactWriteItems',
    async () => (store, deadlineAt) => store.updateAddress(aKey(), { change: bounced(), deadlineAt }),
  ],
  [
    'listSuppressions',
    'Query',
    async () => (store, deadlineAt) =>
      store.listSuppressions({ account: 'acme', limit: 10, after: null, deadlineAt }),
  ],
  [
    'readUsed',
    'GetItem',
    async () => (store, deadlineAt) => store.readUsed({ account: 'acme', month: '2026-11', deadlineAt }),
  ],
  [
    'grantUnbounce',
    'TransactWriteItems',
    async (working) => {
      const key = await aSuppressedKey(working);
      const granted = await aGrant(working, key);
      return (store, deadlineAt) => store.grantUnbounce({ key, granted, deadlineAt });
    },
  ],
  ['readAccount', 'GetItem', async () => (store, at) => store.readAccount('acme', at)],
  [
    'findSenders',
    'BatchGetItem',
    async () => (store, deadlineAt) => store.findSenders({ accounts: ['acme'], identities: [], deadlineAt }),
  ],
  [
    'saveAccount',
    'TransactWriteItems',
    async () => (store, at) =>
      store.saveAccount({ before: unsetAccount(aKey().account), contacts: 1, sendingIdentities: [] }, at),
  ],
];

describe('the store in DynamoDB, when', () => {
  let dynamo: DynamoLocal;
  let working: Stores;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    working = dynamoStores(dynamo.context);
  });
  afterAll(() => dynamo?.close());

  /** Runs against a client of its own, so that the next test starts without faults. */
  async function withFaults<T>(run: (store: Stores, faults: Faults) => Promise<T>): Promise<T> {
    const client = localDynamoClient(dynamo.endpoint);
    try {
      return await run(dynamoStores(dynamo.withClient(client)), injectFaults(client));
    } finally {
      client.destroy();
    }
  }

  describe.each(METHODS)('%s', (_, command, prepare) => {
    const faults: readonly Fault[] = ['throttled', 'over_capacity', 'server_error', 'lost_request'];
    test.each([...faults, ...(command.startsWith('Transact') ? (['conflict'] as const) : [])])(
      'meets the passing fault %s, it tries again',
      async (fault) => {
        const call = await prepare(working);
        await withFaults(async (store, injected) => {
          injected.next(command, fault, null);
          await call(store, soon());
          expect(injected.calls(command)).toBe(2);
        });
      },
    );

    test('meets nothing but throttles, it gives up at the deadline and says why', async () => {
      const call = await prepare(working);
      const client = localDynamoClient(dynamo.endpoint);
      injectFaults(client).sometimes(command, { probability: 1, seed: 1, faults: ['throttled'] });
      let now = Date.now();
      const start = now;
      const sleep = async (durationInMs: number) => {
        now += durationInMs;
      };
      const store = dynamoStores({ ...dynamo.withClient(client), clock: () => now, sleep });
      const error = await failureOf(call(store, start + 10_000));
      client.destroy();
      expect(error).toBeInstanceOf(UnavailableError);
      // An update's own reads, which no throttle meets, may be what the deadline cuts off.
      expect(error.cause).toMatchObject({
        name: expect.stringMatching(/^(ThrottlingException|AbortError)$/),
      });
      expect(now - start).toBeGreaterThan(8_000);
      expect(now - start).toBeLessThan(10_000);
    });

    test('gets no answer, it gives up at the deadline', async () => {
      const call = await prepare(working);
      const silent = await openSilentServer();
      const client = localDynamoClient(dynamo.endpoint);
      silent.takeOver(client, command);
      const start = Date.now();
      try {
        const error = await failureOf(call(dynamoStores(dynamo.withClient(client)), start + 300));
        expect(error).toBeInstanceOf(UnavailableError);
        expect(Date.now() - start).toBeLessThan(20_000);
      } finally {
        client.destroy();
        silent.close();
      }
    });

    test('meets a fault that does not pass, it throws that at once', async () => {
      const call = await prepare(working);
      const store = dynamoStores({ ...dynamo.context, tables: nowhere(dynamo.tables) });
      expect(await failureOf(call(store, soon()))).toMatchObject({
        name: expect.stringMatching(/ResourceNotFound|TransactionCanceled/),
      });
    });
  });

  describe('the answer to a write is lost', () => {
    test('a grant is charged once and answered as saved', async () => {
      const { ledgerOf } = dynamoUnderTest(dynamo.context);
      const key = await aSuppressedKey(working);
      const granted = await aGrant(working, key);
      await withFaults(async (store, faults) => {
        faults.next('TransactWriteItems', 'lost_response', 'throttled', 'lost_response');
        expect(await store.grantUnbounce({ key, granted, deadlineAt: soon() })).toEqual({ outcome: 'saved' });
      });
      expect(await readSnapshot(working, key)).toMatchObject({ used: 1, record: { version: 2 } });
      expect(await ledgerOf(key.account)).toHaveLength(1);
    });

    test('an account is saved once and answered as saved', async () => {
      const before = unsetAccount(aKey().account);
      const sendingIdentities = [anIdentity(`${before.id}.example`)];
      await withFaults(async (store, faults) => {
        faults.next('TransactWriteItems', 'lost_response');
        const outcome = await store.saveAccount({ before, contacts: 1, sendingIdentities }, soon());
        expect(outcome).toMatchObject({ outcome: 'saved', account: { version: 1 } });
      });
      expect(await working.readAccount(before.id, soon())).toMatchObject({ version: 1, sendingIdentities });
    });

    test.each([
      ['record', 'UpdateItem', [SOFT], ANOTHER, 0],
      ['first record', 'TransactWriteItems', [], SOFT, 0],
      ['address', 'TransactWriteItems', [], aBounce(), 1],
    ] as const)('a change of the %s is written once', async (_, command, known, bounce, statusVersion) => {
      const key = aKey();
      await update(working, key, bounced(known));
      await withFaults(async (store, faults) => {
        faults.next(command, 'lost_response');
        await update(store, key, bounced([bounce]));
        expect(faults.calls(command)).toBe(1);
      });
      const { record, status } = await read(working, key);
      expect(record.version).toBe(known.length + 1);
      expect(record.bounces).toHaveLength(known.length + 1);
      expect(record.bounces).toContainEqual(bounce);
      expect(status.version).toBe(statusVersion);
    });
  });

  describe('another writer comes between read and write', () => {
    test('the change is applied to what that one wrote', async () => {
      const key = aKey();
      const [mine, theirs] = [
        aBounce({ feedbackId: 'mine' }),
        aBounce({ key: 'spam', feedbackId: 'theirs' }),
      ];
      await withFaults(async (store, faults) => {
        faults.meanwhile('BatchGetItem', () => update(working, key, bounced([theirs])));
        await update(store, key, bounced([mine]));
      });
      const { record, status } = await read(working, key);
      expect(record.bounces.map(({ feedbackId }) => feedbackId).sort()).toEqual(['mine', 'theirs']);
      expect(status.suppressedBy.get(key.account)).toHaveLength(2);
    });
  });

  describe('what the accounts share changes between read and write', () => {
    test('the first item of an account is not written from what was read', async () => {
      const key = aKey();
      const seen: number[] = [];
      const change: AddressUpdate['change'] = (before) => {
        seen.push(before.status.version);
        return bounced([SOFT])(before);
      };
      await withFaults(async (store, faults) => {
        const other = { ...key, account: aKey().account };
        faults.meanwhile('BatchGetItem', () => update(working, other, bounced()));
        await update(store, key, change);
      });
      expect(seen).toEqual([0, 1]);
      expect((await read(working, key)).record.bounces).toEqual([SOFT]);
    });
  });

  describe('the two items of an address are read at different moments', () => {
    /** Runs a change whose read of this item came before, and that of the other after another change. */
    async function torn(readFirst: 'record' | 'status', key: AddressKey, changes: Changes): Promise<void> {
      const client = localDynamoClient(dynamo.endpoint);
      tearFirstRead(client, {
        isReadFirst: ({ scope }) => (scope?.S === 'status') === (readFirst === 'status'),
        meanwhile: () => update(working, key, changes.meanwhile),
      });
      await update(dynamoStores(dynamo.withClient(client)), key, changes.change);
      client.destroy();
    }

    test('whoever asks for the address sees both at one moment', async () => {
      const key = aKey();
      const lift: AddressUpdate['change'] = ({ record, status }) => {
        const lifted = { ...record, suppression: null, bounces: [], facts: NO_FACTS };
        return { record: lifted, status: withRecord(status, lifted) };
      };
      let isDone = false;
      const writing = (async () => {
        for (let round = 0; round < 15; round++) {
          await update(working, key, bounced());
          await update(working, key, lift);
        }
        isDone = true;
      })();
      const seen = new Set<boolean>();
      while (!isDone) {
        const { record, status } = await read(working, key);
        expect(status.suppressedBy.has(key.account)).toBe(record.suppression !== null);
        seen.add(record.suppression !== null);
      }
      await writing;
      expect(seen.size).toBe(2);
    });

    test('an old record does not overwrite a new status', async () => {
      const key = aKey();
      await update(working, key, bounced([SOFT]));
      await torn('record', key, {
        change: ({ record, status }) => ({ record, status: withRecord(status, record) }),
        meanwhile: bounced(),
      });
      const { status } = await read(working, key);
      expect(status.suppressedBy.get(key.account)).toMatchObject([{ key: 'policy' }]);
    });

    test('an old status does not hide that a new record is lifted', async () => {
      const key = aKey();
      await update(working, key, bounced([SOFT]));
      await torn('status', key, {
        change: ({ record, status }) => {
          const lifted = { ...record, suppression: null };
          return { record: lifted, status: withRecord(status, lifted) };
        },
        meanwhile: bounced(),
      });
      const { record, status } = await read(working, key);
      expect([record.suppression, status.suppressedBy]).toEqual([null, new Map()]);
    });
  });
});

/** Names of tables that do not exist. */
function nowhere<T extends object>(tables: T): T {
  return Object.fromEntries(Object.keys(tables).map((name) => [name, 'nowhere'])) as T;
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return await promise.then(
    (value) => {
      throw new Error(`Expected a failure, not ${JSON.stringify(value)}.`);
    },
    (error: Error) => error,
  );
}
