import type { Bounce } from '../../lib/policy/bounce.ts';
import { decideRelease, type Release, type ReleaseRequest } from '../../lib/policy/release.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { aBounce, NOW } from '../policy/builders.ts';
import { aKey, bounced, type Stores, soon, update } from './scene.ts';

export type OperatorStores = Stores & OperatorStore;

export const DEAD: Bounce = aBounce({ key: 'unknown_user' });

export function aReleaseRequest(changes: Partial<ReleaseRequest> = {}): ReleaseRequest {
  return { address: null, account: null, by: 'olga', reason: 'The mailbox is alive.', ...changes };
}

/** An address that these bounces reach in so many accounts of its own; answers its keys, one for each. */
export async function bouncedInAccounts(
  store: Stores,
  count: number,
  bounces: readonly Bounce[] = [DEAD],
): Promise<readonly AddressKey[]> {
  const { addressHash } = aKey();
  const keys = Array.from({ length: count }, () => ({ addressHash, account: aKey().account }));
  for (const key of keys) {
    await update(store, key, bounced(bounces));
  }
  return keys;
}

/** Releases as the operator's function does it: read, decide, save, until nobody else was first. */
export async function release(
  store: OperatorStore,
  addressHash: string,
  changes: Partial<ReleaseRequest> = {},
  now = NOW,
): Promise<Release> {
  for (;;) {
    const whole = await store.readWhole(addressHash, soon());
    const decided = decideRelease(aReleaseRequest(changes), whole, { now, asksSes: false });
    if ((await store.saveRelease({ addressHash, decided, deadlineAt: soon() })) === 'saved') {
      return decided.release;
    }
  }
}
