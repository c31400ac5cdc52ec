import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressHash } from '../../lib/store/address-hash.ts';
import { SEED } from '../policy/arbitraries.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { createApi, NOW } from './api-harness.ts';
import { createDynamoRooms } from './dynamo-rooms.ts';
import {
  allToldIn,
  type Chapter,
  endOf,
  histories,
  play,
  register,
  retold,
  type Scene,
  tell,
  verdictsOf,
} from './histories.ts';
import { modelOf } from './history-model.ts';

const tellings = histories.chain((once) => fc.record({ once: fc.constant(once), again: retold(once) }));

async function inMemory() {
  const api = createApi();
  const scene: Scene = {
    address: 'ada@mail.example',
    accountOf: (letter) => `account-${letter}`,
    setTime: (now) => {
      api.time.now = now;
    },
    call: api.call,
    record: api.record,
  };
  await register(scene);
  return { scene, api };
}

async function replay(scene: Scene, history: readonly Chapter[]): Promise<void> {
  scene.setTime(endOf(history.length));
  for (const told of allToldIn(history)) await tell(scene, told);
}

describe(`histories of bounces, echoes, imports and reports through the rooms (seed ${SEED})`, () => {
  test('end as a model of plain sets says, in whatever order they are told, and no replay undoes an act', async () => {
    const seen: Record<string, number> = {
      P1: 0,
      P2: 0,
      P3: 0,
      P4: 0,
      granted: 0,
      lifted: 0,
      globalEnded: 0,
    };
    const count = (name: string, amount = 1) => {
      seen[name] = (seen[name] ?? 0) + amount;
    };
    await fc.assert(
      fc.asyncProperty(tellings, async ({ once, again }) => {
        const { scene, api } = await inMemory();
        const granted = await play(scene, again);
        const expected = modelOf(once, granted);
        expect(await verdictsOf(scene)).toEqual(expected);
        await replay(scene, again);
        expect(await verdictsOf(scene)).toEqual(expected);
        for (const rule of Object.values(expected)) count(rule);
        count('granted', granted.filter(Boolean).length);
        count('lifted', api.telemetry.counted('AddressCorrected'));
        const untouched = once.map((chapter): Chapter => ({ ...chapter, act: { act: 'nothing' } }));
        const isReleased = once.some(({ act }) => act.act === 'release');
        const isEnded = modelOf(untouched, []).a === 'P4' && expected.a !== 'P4' && !isReleased;
        count('globalEnded', Number(isEnded));
      }),
      { seed: SEED, numRuns: 200 },
    );
    expect(Object.entries(seen).filter(([, times]) => times < 5)).toEqual([]);
  });

  test('hold no readable word after an erasure, though all of them is told again', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { scene, api } = await inMemory();
        const erased: readonly Chapter[] = [...history, { told: [], act: { act: 'erase' } }];
        await play(scene, erased);
        await replay(scene, erased);
        const whole = await api.twin.readWhole(addressHash(scene.address), Date.now() + 1_000);
        expect(JSON.stringify(whole)).not.toMatch(/ada/);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  describe('over DynamoDB', () => {
    let dynamo: DynamoLocal;
    beforeAll(async () => {
      dynamo = await openDynamoLocal();
    });
    afterAll(() => dynamo?.close());

    test('end the same', async () => {
      const time = { now: NOW };
      const rooms = createDynamoRooms({ ...dynamo.context, clock: () => time.now });
      let scenes = 0;
      await fc.assert(
        fc.asyncProperty(tellings, async ({ once, again }) => {
          const id = ++scenes;
          const scene: Scene = {
            address: `person-${id}@mail.example`,
            accountOf: (letter) => `account-${letter}-${id}`,
            setTime: (now) => {
              time.now = now;
            },
            call: async (routeKey, call) => {
              const { status = 0, body } = await rooms.call(routeKey, call);
              return { status, body };
            },
            record: (notification) => rooms.record([notification]),
          };
          await register(scene);
          const granted = await play(scene, again);
          expect(await verdictsOf(scene)).toEqual(modelOf(once, granted));
          await replay(scene, again);
          expect(await verdictsOf(scene)).toEqual(modelOf(once, granted));
        }),
        { seed: SEED, numRuns: 10, endOnFailure: true },
      );
      expect(rooms.lines.join('')).not.toMatch(/person-|mail\.example/);
    });
  });
});
