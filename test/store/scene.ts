import type { SendingIdentity } from '../../lib/policy/account.ts';
import { applyEvent } from '../../lib/policy/address-event.ts';
import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import type { SesLayer } from '../../lib/policy/layer.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { monthOf } from '../../lib/policy/time.ts';
import { decideUnbounce, type GrantedUnbounce, type UnbounceSnapshot } from '../../lib/policy/unbounce.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type {
  AccountStore,
  AddressKey,
  AddressStore,
  AddressUpdate,
  UnbounceStore,
} from '../../lib/store/port.ts';
import {
  ADDRESS,
  aBounce,
  afterBounces,
  aRequest,
  granted,
  NOW,
  POLICY,
  type ReportContext,
} from '../policy/builders.ts';

export type Stores = AddressStore & UnbounceStore & AccountStore;

export const DEFAULT_ACCOUNT = 'default';

let scenes = 0;

/** An address and an account that no other test knows. */
export function aKey(account = `account-${++scenes}`): AddressKey {
  return { account, addressHash: addressHash(`person-${++scenes}@example.com`) };
}

/** Far enough away for a busy machine. */
export function soon(): Instant {
  return Date.now() + 20_000;
}

/** What recording these bounces makes of an address. */
export function bounced(
  bounces: readonly Bounce[] = [aBounce()],
  context: ReportContext = {},
): AddressUpdate['change'] {
  return (before) => afterBounces(bounces, context, before);
}

export async function update(
  store: AddressStore,
  key: AddressKey,
  change: AddressUpdate['change'] = bounced(),
): Promise<AddressSnapshot> {
  return await store.updateAddress(key, { change, deadlineAt: soon() });
}

/** Records that SES would not send to the address. */
export async function mark(store: AddressStore, key: AddressKey, layer: SesLayer): Promise<void> {
  const news = { layer, sentAt: NOW, markedAt: NOW - 1, listedFor: 'bounce' } as const;
  const event = { kind: 'mark', address: ADDRESS, mark: news } as const;
  await update(store, key, (before) =>
    applyEvent(before, event, { policy: POLICY, now: NOW, asksSes: false }),
  );
}

export async function read(store: AddressStore, key: AddressKey): Promise<AddressSnapshot> {
  return await store.readAddress(key, soon());
}

/** Registers the account, or changes it, with one verified sending identity of its own. */
export async function register(store: AccountStore, account: string, contacts = 0): Promise<void> {
  const stored = await store.readAccount(account, soon());
  const before = stored ?? { id: account, version: 0, contacts: null, sendingIdentities: [] };
  const sendingIdentities = [anIdentity(`${account}.example`)];
  const { outcome } = await store.saveAccount({ before, contacts, sendingIdentities }, soon());
  if (outcome !== 'saved') {
    throw new Error(`${account} was not registered: ${outcome}.`);
  }
}

export function anIdentity(name: string): SendingIdentity {
  return { name, verification: 'verified', checkedAt: NOW };
}

/** An address with one policy bounce, of a registered account that may unbounce it. */
export async function aSuppressedKey(store: Stores, account?: string): Promise<AddressKey> {
  const key = aKey(account);
  if (account === undefined) {
    await register(store, key.account);
  }
  await update(store, key);
  return key;
}

/** All that an unbounce is decided from. */
export async function readSnapshot(store: Stores, key: AddressKey, now = NOW): Promise<UnbounceSnapshot> {
  const deadlineAt = soon();
  const account = await store.readAccount(key.account, deadlineAt);
  if (account === null) {
    throw new Error(`${key.account} is not registered.`);
  }
  const used = await store.readUsed({ account: key.account, month: monthOf(now), deadlineAt });
  return { account, ...(await store.readAddress(key, deadlineAt)), used };
}

/** The grant that an unbounce comes to at present; fails when it is refused. */
export async function aGrant(
  store: Stores,
  key: AddressKey,
  now = NOW,
  receivedAt = now,
): Promise<GrantedUnbounce> {
  const snapshot = await readSnapshot(store, key, receivedAt);
  return granted(decideUnbounce(aRequest(), snapshot, { policy: POLICY, receivedAt, now, asksSes: false }));
}
