import { addressHash } from '../../../lib/store/address-hash.ts';
import { createMemoryStore } from '../../../lib/store/memory-store.ts';
import { createTwin } from '../../functions/twin.ts';
import type { GroundFor } from './check.ts';
import { flakyStores } from './flaky-stores.ts';
import { luckOf } from './log.ts';
import { observe } from './observe.ts';
import type { Stores } from './rooms.ts';
import { defaultAccountOf, NOW, type World } from './world.ts';

const FAULTS_IN_PERCENT = 15;
const WORKERS = 3;

/** The stores in memory, new ones for every log. */
export const memoryGround: GroundFor = async (log, world) => {
  const stores = { ...createTwin(), ...createMemoryStore({ defaultAccount: defaultAccountOf(world) }) };
  let now = NOW;
  return {
    world,
    stores,
    faulty: flakyStores(stores, { random: luckOf(log, 2), faultsInPercent: FAULTS_IN_PERCENT }),
    dump: () => dump(world, stores),
    clock: () => now,
    setClock: (to) => {
      now = to;
    },
    elapsedInMs: () => 0,
    workers: WORKERS,
    close: async () => {},
  };
};

async function dump(world: World, stores: Stores): Promise<string> {
  const { campaigns } = await observe(world, { addresses: stores, campaigns: stores });
  const stored: unknown[] = [campaigns];
  for (const address of world.addresses) {
    for (const account of world.accounts) {
      stored.push(await stores.readAddress({ account, addressHash: addressHash(address) }, NOW));
    }
  }
  return JSON.stringify(stored, (_, value) => (value instanceof Map ? [...value].sort() : value));
}
