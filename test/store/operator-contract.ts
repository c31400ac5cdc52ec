import { describe, expect, test } from '@jest/globals';
import { NO_STATUS } from '../../lib/policy/address-status.ts';
import { eraseStatus, eraseUnbounce } from '../../lib/policy/erasure.ts';
import { decideRelease } from '../../lib/policy/release.ts';
import type { GrantedRow } from '../../lib/store/ledger-port.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { aBounce, hoursAfter, NOW } from '../policy/builders.ts';
import { aReleaseRequest, bouncedInAccounts, DEAD, type OperatorStores, release } from './operator-scene.ts';
import { aGrant, aKey, aSuppressedKey, bounced, mark, read, soon, update } from './scene.ts';

export interface OperatorUnderTest {
  readonly store: OperatorStores;
  ledgerOf(account: string): Promise<readonly GrantedRow[]>;
}

const CONTEXT = { now: NOW, asksSes: false };
const SOFT = aBounce({ key: 'content', permanence: 'transient' });

/** Everything that `lib/store/operator-port.ts` promises; `opened` gives the store once tests run. */
export function operatorContract(opened: () => OperatorUnderTest): void {
  const statusOf = async (addressHash: string) =>
    (await opened().store.readWhole(addressHash, soon())).status;

  describe('an address as all accounts see it', () => {
    test('is empty when nobody told of it', async () => {
      expect(await opened().store.readWhole(aKey().addressHash, soon())).toEqual({
        status: NO_STATUS,
        records: [],
      });
    });

    test('is its status with the record of every account, and of no other address', async () => {
      const { store } = opened();
      const [one, other] = await bouncedInAccounts(store, 2);
      await update(store, aKey(one?.account));
      const { status, records } = await store.readWhole(one?.addressHash ?? '', soon());
      expect(records.map(({ account }) => account).sort()).toEqual([one?.account, other?.account].sort());
      for (const record of records) {
        const key = { account: record.account, addressHash: one?.addressHash ?? '' };
        expect(await read(store, key)).toEqual({ record, status });
      }
    });
  });

  describe('a global bounce', () => {
    test('is declared once by accounts that report at the same time, and its item names none of them', async () => {
      const { store } = opened();
      const { addressHash } = aKey();
      const accounts = Array.from({ length: 8 }, () => aKey().account);
      await Promise.all(accounts.map((account) => update(store, { account, addressHash }, bounced([DEAD]))));
      const { status, records } = await store.readWhole(addressHash, soon());
      expect(status.global).toEqual({ declaredAt: NOW, rule: 'G1' });
      expect([status.suppressedBy.size, status.deadReports.size]).toEqual([0, 0]);
      expect(records).toHaveLength(8);
      expect(records.every(({ suppression }) => suppression !== null)).toBe(true);
    });

    test('has a status that changes with what stands for an account, though it does not say so', async () => {
      const { store } = opened();
      const [key] = await bouncedInAccounts(store, 3);
      const before = await statusOf(key?.addressHash ?? '');
      await update(store, key as AddressKey, bounced([SOFT]));
      expect(await statusOf(key?.addressHash ?? '')).toEqual(before);
      await update(store, key as AddressKey, bounced([aBounce({ key: 'spam' })]));
      expect(await statusOf(key?.addressHash ?? '')).toEqual({ ...before, version: before.version + 1 });
    });
  });

  describe('a release', () => {
    test('is written with the status, the record of its account, and a row that tells of it', async () => {
      const { store } = opened();
      const [key, other] = await bouncedInAccounts(store, 3);
      const { account = '', addressHash = '' } = key ?? {};
      const before = await store.readWhole(addressHash, soon());
      const decided = decideRelease(aReleaseRequest({ account }), before, CONTEXT);
      expect(await store.saveRelease({ addressHash, decided, deadlineAt: soon() })).toBe('saved');
      const { record, status } = await read(store, { account, addressHash });
      expect(record).toEqual({ ...decided.record?.after, version: 2 });
      expect(status).toEqual({ ...decided.status.after, version: before.status.version + 1 });
      expect(status.suppressedBy.has(account)).toBe(false);
      expect(status.suppressedBy.get(other?.account ?? '')).toEqual([
        { key: 'unknown_user', rule: 'B1', until: null },
      ]);
      expect(await store.listReleases({ addressHash, limit: 10, deadlineAt: soon() })).toEqual([
        decided.release,
      ]);
    });

    test('of an account that knew nothing of the address creates its record', async () => {
      const { store } = opened();
      const key = aKey();
      await release(store, key.addressHash, { account: key.account });
      expect(await read(store, key)).toMatchObject({
        record: { version: 1, suppression: null, facts: { releasedAt: NOW } },
        status: { version: 1, releasedAt: NOW },
      });
    });

    test.each<[string, (store: OperatorStores, key: AddressKey) => Promise<unknown>]>([
      [
        'another account reported',
        (store, { addressHash }) => update(store, { ...aKey(), addressHash }, bounced([DEAD])),
      ],
      ['SES marked the address', (store, key) => mark(store, key, 'sesGlobalList')],
      ['its account heard of a soft bounce', (store, key) => update(store, key, bounced([SOFT]))],
      ['another release was first', (store, { addressHash }) => release(store, addressHash)],
    ])('is lost when %s, and nothing is written', async (_, meanwhile) => {
      const { store } = opened();
      const [key] = await bouncedInAccounts(store, 3);
      const { account = '', addressHash = '' } = key ?? {};
      const whole = await store.readWhole(addressHash, soon());
      const decided = decideRelease(aReleaseRequest({ account, by: 'the late one' }), whole, CONTEXT);
      await meanwhile(store, { account, addressHash });
      const before = await store.readWhole(addressHash, soon());
      expect(await store.saveRelease({ addressHash, decided, deadlineAt: soon() })).toBe('lost');
      expect(await store.readWhole(addressHash, soon())).toEqual(before);
      const kept = await store.listReleases({ addressHash, limit: 10, deadlineAt: soon() });
      expect(kept.map(({ by }) => by)).not.toContain('the late one');
    });

    test('and others at the same time are all written, each at a time of its own', async () => {
      const { store } = opened();
      const [key] = await bouncedInAccounts(store, 3);
      const { addressHash = '' } = key ?? {};
      const written = await Promise.all(
        ['a', 'b', 'c', 'd'].map((by) => release(store, addressHash, { by })),
      );
      const kept = await store.listReleases({ addressHash, limit: 10, deadlineAt: soon() });
      const byTime = written.toSorted((one, other) => other.releasedAt - one.releasedAt);
      expect(kept).toEqual(byTime);
      expect(new Set(kept.map(({ releasedAt }) => releasedAt)).size).toBe(4);
      expect((await statusOf(addressHash)).releasedAt).toBe(kept[0]?.releasedAt);
    });

    test('is listed with the newest first, as many as asked for, and those of no other address', async () => {
      const { store } = opened();
      const [one, other] = [aKey(), aKey()];
      for (const [hour, by] of ['first', 'second', 'third'].entries()) {
        await release(store, one.addressHash, { by }, hoursAfter(hour));
      }
      await release(store, other.addressHash);
      const { addressHash } = one;
      const listed = await store.listReleases({ addressHash, limit: 2, deadlineAt: soon() });
      expect(listed.map(({ by }) => by)).toEqual(['third', 'second']);
    });
  });

  describe('a change of the status', () => {
    test('is applied to what is stored, and answered', async () => {
      const { store } = opened();
      const key = aKey();
      await update(store, key);
      const { status } = await read(store, key);
      const change = (before: typeof status) => eraseStatus(before, NOW);
      const answer = await store.updateStatus(key.addressHash, { change, deadlineAt: soon() });
      expect(answer).toEqual({ ...status, erasedAt: NOW, version: 2 });
      expect((await read(store, key)).status).toEqual(answer);
    });

    test('creates it, unless it changes nothing', async () => {
      const { store } = opened();
      const { addressHash } = aKey();
      const nothing = await store.updateStatus(addressHash, {
        change: (status) => status,
        deadlineAt: soon(),
      });
      expect(nothing).toEqual(NO_STATUS);
      expect(await store.readStatuses([addressHash], soon())).toEqual(new Map());
      const change = () => ({ ...NO_STATUS, erasedAt: NOW });
      await store.updateStatus(addressHash, { change, deadlineAt: soon() });
      expect(await statusOf(addressHash)).toMatchObject({ version: 1, erasedAt: NOW });
    });

    test('and bounces at the same time all survive', async () => {
      const { store } = opened();
      const { addressHash } = aKey();
      const accounts = Array.from({ length: 6 }, () => aKey().account);
      const change = (status: typeof NO_STATUS) => eraseStatus(status, NOW);
      await Promise.all([
        ...accounts.map((account) => update(store, { account, addressHash })),
        store.updateStatus(addressHash, { change, deadlineAt: soon() }),
      ]);
      const { status } = await store.readWhole(addressHash, soon());
      expect([status.suppressedBy.size, status.erasedAt, status.version]).toEqual([6, NOW, 7]);
    });
  });

  describe('an erased ledger', () => {
    test('has the rows of its unbounces as they are to read, and no reasons of releases', async () => {
      const { store, ledgerOf } = opened();
      const [key, other] = [await aSuppressedKey(store), await aSuppressedKey(store)];
      const granted = await aGrant(store, key);
      await store.grantUnbounce({ key, granted, deadlineAt: soon() });
      await store.grantUnbounce({ key: other, granted: await aGrant(store, other), deadlineAt: soon() });
      await release(store, key.addressHash);
      const { account, addressHash } = key;
      const unbounce = eraseUnbounce(granted.unbounce);
      for (let time = 0; time < 2; time++) {
        await store.eraseLedger({ addressHash, unbounces: [{ account, unbounce }], deadlineAt: soon() });
      }
      expect(await ledgerOf(account)).toEqual([{ addressHash, unbounce }]);
      expect(unbounce).toMatchObject({ by: 'anna', evidence: { kind: 'phone', note: '' } });
      expect(await ledgerOf(other.account)).toMatchObject([{ unbounce: granted.unbounce }]);
      const releases = await store.listReleases({ addressHash, limit: 10, deadlineAt: soon() });
      expect(releases).toEqual([{ releasedAt: NOW, by: 'olga', reason: null, account: null }]);
    });

    test('has no words of an unbounce that was granted after the end of the month that it used', async () => {
      const { store, ledgerOf } = opened();
      const key = await aSuppressedKey(store);
      const midnight = Date.parse('2026-12-01T00:00:00Z');
      const granted = await aGrant(store, key, midnight + 2, midnight - 1);
      await store.grantUnbounce({ key, granted, deadlineAt: soon() });
      const { account, addressHash } = key;
      const unbounce = eraseUnbounce(granted.unbounce);
      await store.eraseLedger({ addressHash, unbounces: [{ account, unbounce }], deadlineAt: soon() });
      expect(await ledgerOf(account)).toMatchObject([{ addressHash, unbounce: { evidence: { note: '' } } }]);
    });

    test('has no row that was not there before', async () => {
      const { store, ledgerOf } = opened();
      const key = await aSuppressedKey(store);
      const { unbounce } = await aGrant(store, key);
      const { account, addressHash } = key;
      await store.eraseLedger({ addressHash, unbounces: [{ account, unbounce }], deadlineAt: soon() });
      expect(await ledgerOf(account)).toEqual([]);
    });
  });
}
