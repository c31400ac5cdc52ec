import { describe, expect, test } from '@jest/globals';
import { unsetAccount } from '../../lib/policy/account.ts';
import { monthOf } from '../../lib/policy/time.ts';
import {
  decideUnbounce,
  type GrantedUnbounce,
  type UnbounceGuard,
  type UnbounceSnapshot,
} from '../../lib/policy/unbounce.ts';
import type { AddressKey, UnbounceOutcome } from '../../lib/store/port.ts';
import { aBounce, aRequest, granted as grantOf, NOW, POLICY } from '../policy/builders.ts';
import {
  aGrant,
  aKey,
  anIdentity,
  aSuppressedKey,
  bounced,
  mark,
  read,
  readSnapshot,
  register,
  type Stores,
  soon,
  update,
} from './scene.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const LIMIT = 10;

export function unbounceContract(opened: () => StoreUnderTest): void {
  const grant = async (key: AddressKey, granted: GrantedUnbounce): Promise<UnbounceOutcome> =>
    await opened().store.grantUnbounce({ key, granted, deadlineAt: soon() });
  const usedBy = async ({ account }: AddressKey) =>
    await opened().store.readUsed({ account, month: monthOf(NOW), deadlineAt: soon() });

  describe('a granted unbounce', () => {
    test('is counted, kept in the ledger and on the record, and lifts the suppression', async () => {
      const { store, ledgerOf } = opened();
      const key = await aSuppressedKey(store);
      expect(await usedBy(key)).toBe(0);
      const granted = await aGrant(store, key);
      expect(await grant(key, granted)).toEqual({ outcome: 'saved' });
      const { record, status, used } = await readSnapshot(store, key);
      expect(used).toBe(1);
      expect(await ledgerOf(key.account)).toEqual([
        { addressHash: key.addressHash, unbounce: granted.unbounce },
      ]);
      expect(record).toEqual({ ...granted.record.after, version: 2 });
      expect(record.unbounce).toEqual(granted.unbounce);
      expect(status).toEqual({ ...granted.status.after, version: 2 });
      expect(status.suppressedBy.has(key.account)).toBe(false);
    });

    test('of an address that only SES blocks creates the account its record', async () => {
      const { store, ledgerOf } = opened();
      const { account } = await aSuppressedKey(store);
      const key = { account, addressHash: `blocked-by-ses-for-${account}` };
      await mark(store, key, 'sesValidation');
      expect(await grant(key, await aGrant(store, key))).toEqual({ outcome: 'saved' });
      const { record, status } = await readSnapshot(store, key);
      expect(record).toMatchObject({ version: 1, suppression: null, unbounce: { lifted: null } });
      expect(status.ses.sesValidation?.liftedFor).toEqual(new Map([[account, NOW]]));
      expect(await ledgerOf(account)).toHaveLength(1);
    });

    test('counts in its own month and account', async () => {
      const { store } = opened();
      const key = await aSuppressedKey(store);
      await grant(key, await aGrant(store, key));
      const { account } = key;
      expect(await store.readUsed({ account, month: '2026-12', deadlineAt: soon() })).toBe(0);
      expect(await usedBy(await aSuppressedKey(store))).toBe(0);
    });
  });

  describe('a lost guard', () => {
    const cases: readonly [
      UnbounceGuard['guard'],
      (store: Stores, key: AddressKey) => Promise<GrantedUnbounce>,
    ][] = [
      ['quota_left', afterTheLastWasGranted],
      ['ledger_row_absent', afterALedgerRowWithoutRecord],
      ['record_as_read', afterASoftBounce],
      ['never_unbounced', afterAnUnbounce],
      ['status_as_read', afterAMark],
      ['not_global', afterAGlobalBounce],
      ['account_as_read', afterNewSettings],
    ];
    test.each(cases)('%s is named alone, and nothing is written', async (guard, lose) => {
      const { store, ledgerOf } = opened();
      const key = await aSuppressedKey(store);
      const granted = await lose(store, key);
      const before = [await readSnapshot(store, key), await ledgerOf(key.account)];
      expect(await grant(key, granted)).toEqual({ outcome: 'lost', lost: [guard] });
      expect([await readSnapshot(store, key), await ledgerOf(key.account)]).toEqual(before);
    });

    test('and another are both named', async () => {
      const { store } = opened();
      const key = await aSuppressedKey(store);
      const granted = await aGrant(store, key);
      await mark(store, key, 'sesGlobalList');
      await register(store, key.account, 5_000);
      expect(await grant(key, granted)).toEqual({
        outcome: 'lost',
        lost: ['status_as_read', 'account_as_read'],
      });
    });

    test('is that of absent settings once there are some', async () => {
      const { store } = opened();
      const key = aKey();
      await update(store, key);
      const account = { ...unsetAccount(key.account), sendingIdentities: [anIdentity('acme.example')] };
      const snapshot = { account, ...(await read(store, key)), used: 0 };
      const context = { policy: POLICY, receivedAt: NOW, now: NOW, asksSes: false };
      const granted = grantOf(decideUnbounce(aRequest(), snapshot, context));
      await register(store, key.account);
      expect(await grant(key, granted)).toEqual({ outcome: 'lost', lost: ['account_as_read'] });
      const other = { ...key, account: aKey().account };
      await update(store, other);
      const same = { ...snapshot, account: { ...account, id: other.account }, ...(await read(store, other)) };
      expect(await grant(other, grantOf(decideUnbounce(aRequest(), same, context)))).toEqual({
        outcome: 'saved',
      });
    });
  });

  test(`of ${LIMIT + 5} grants at once as many are saved as are left`, async () => {
    const { store, ledgerOf } = opened();
    const first = await aSuppressedKey(store);
    const keys = [first];
    while (keys.length < LIMIT + 5) {
      keys.push(await aSuppressedKey(store, first.account));
    }
    const grants = await Promise.all(keys.map(async (key) => ({ key, granted: await aGrant(store, key) })));
    const outcomes = await Promise.all(grants.map(({ key, granted }) => grant(key, granted)));
    expect(outcomes.filter(({ outcome }) => outcome === 'saved')).toHaveLength(LIMIT);
    expect(outcomes.filter(({ outcome }) => outcome === 'lost')).toEqual(
      Array.from({ length: 5 }, () => ({ outcome: 'lost', lost: ['quota_left'] })),
    );
    expect([await usedBy(first), (await ledgerOf(first.account)).length]).toEqual([LIMIT, LIMIT]);
  });
}

async function afterTheLastWasGranted(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const granted = await aGrant(store, key);
  for (let count = 0; count < LIMIT; count++) {
    const other = await aSuppressedKey(store, key.account);
    await store.grantUnbounce({ key: other, granted: await aGrant(store, other), deadlineAt: soon() });
  }
  return granted;
}

async function afterASoftBounce(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const granted = await aGrant(store, key);
  await update(store, key, bounced([aBounce({ key: 'content', permanence: 'transient' })]));
  return granted;
}

async function afterAMark(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const granted = await aGrant(store, key);
  await mark(store, key, 'sesGlobalList');
  return granted;
}

async function afterNewSettings(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const granted = await aGrant(store, key);
  await register(store, key.account, 5_000);
  return granted;
}

async function afterAGlobalBounce(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const granted = await aGrant(store, key);
  await update(store, key, ({ record, status }) => ({
    record,
    status: { ...status, global: { declaredAt: NOW, rule: 'G1' } },
  }));
  return asIfReadNow(granted, await readSnapshot(store, key));
}

async function afterAnUnbounce(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const [first, second] = [await aGrant(store, key), await aGrant(store, key, NOW + 1)];
  await store.grantUnbounce({ key, granted: first, deadlineAt: soon() });
  return asIfReadNow(second, await readSnapshot(store, key));
}

async function afterALedgerRowWithoutRecord(store: Stores, key: AddressKey): Promise<GrantedUnbounce> {
  const granted = await aGrant(store, key);
  const { before, after } = granted.record;
  const forgetful = { ...granted, record: { before, after: { ...after, unbounce: null } } };
  await store.grantUnbounce({ key, granted: forgetful, deadlineAt: soon() });
  return asIfReadNow(granted, await readSnapshot(store, key));
}

/** The grant as if it relied on the versions of now; what it says of the items stays what it was. */
function asIfReadNow(granted: GrantedUnbounce, { record, status }: UnbounceSnapshot): GrantedUnbounce {
  const versions = { record_as_read: record.version, status_as_read: status.version };
  return {
    ...granted,
    record: { ...granted.record, before: { ...granted.record.before, version: record.version } },
    status: { ...granted.status, before: { ...granted.status.before, version: status.version } },
    guards: granted.guards.map((guard) =>
      guard.guard === 'record_as_read' || guard.guard === 'status_as_read'
        ? { ...guard, version: versions[guard.guard] }
        : guard,
    ),
  };
}
