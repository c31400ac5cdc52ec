import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openRemoval, requestRemoval } from '../../lib/policy/ses-removal.ts';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { NOW } from '../policy/builders.ts';
import { read, soon } from '../store/scene.ts';
import { createWorld, reconcileWorld, type World } from './reconcile-world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.dynamo.close());

/** SES was asked at that moment to take the address off its list, and the way to it was lost. */
async function askedAt(requestedAt: number): Promise<string> {
  const { addressHash } = world.soft;
  await createDynamoOperatorStore(world.dynamo.context).updateStatus(addressHash, {
    deadlineAt: soon(),
    change: (status) => ({ ...status, ses: requestRemoval(status.ses, requestedAt) }),
  });
  return addressHash;
}

const openSince = async () => openRemoval((await read(world.store, world.soft)).status.ses);

test('an address that waits for SES is no drift for a day', async () => {
  await askedAt(NOW - DAY_IN_MS + 1);
  expect(await reconcileWorld(world)).toMatchObject({ found: 0 });
});

test('an address that has waited for longer is reported, and repaired by asking anew', async () => {
  const requestedAt = NOW - DAY_IN_MS;
  const id = await askedAt(requestedAt);
  const finding = { account: null, id, detail: toIso(requestedAt) };
  expect((await reconcileWorld(world)).drift).toEqual({
    removal_waits: { found: 1, fixed: 0, samples: [finding] },
  });
  expect(await openSince()).toBe(requestedAt);
  expect(await reconcileWorld(world, { fix: true })).toMatchObject({ found: 1, fixed: 1, left: 0 });
  expect(await openSince()).toBe(NOW);
  expect(await reconcileWorld(world)).toMatchObject({ found: 0 });
});
