import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { type AddressSnapshot, NO_STATUS } from '../../lib/policy/address-status.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { SuppressedAddress, SuppressionPosition } from '../../lib/store/port.ts';
import { aBounce, daysAfter, hoursAfter, NOW, POLICY } from '../policy/builders.ts';
import { aGrant, aKey, aSuppressedKey, bounced, mark, read, soon, update } from './scene.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const SOFT = aBounce({ key: 'content', permanence: 'transient' });

export function addressContract(opened: () => StoreUnderTest): void {
  describe('addresses', () => {
    test('an address that nobody told of is empty, and left out of lists', async () => {
      const { store } = opened();
      const key = aKey();
      const addressHashes = [key.addressHash];
      expect(await read(store, key)).toEqual({ record: emptyRecord(key.account), status: NO_STATUS });
      expect(await store.readStatuses(addressHashes, soon())).toEqual(new Map());
      expect(await store.readRecords({ ...key, addressHashes, deadlineAt: soon() })).toEqual(new Map());
      expect(await store.readStatuses([], soon())).toEqual(new Map());
    });

    test('what a change makes of an address is answered, and read again', async () => {
      const { store } = opened();
      const key = aKey();
      const answer = await update(store, key);
      const { record, status } = await read(store, key);
      expect(answer).toEqual({ record, status });
      expect(record).toMatchObject({ version: 1, bounces: [aBounce()] });
      expect(record.suppression?.standing).toMatchObject([{ key: 'policy', rule: 'B7' }]);
      expect(status).toMatchObject({ version: 1 });
      expect([...status.suppressedBy]).toEqual([[key.account, [{ key: 'policy', rule: 'B7', until: null }]]]);
    });

    test('the lists answer what is known, once each, whoever asks twice', async () => {
      const { store } = opened();
      const [known, other] = [aKey(), aKey()];
      const { record, status } = await update(store, known);
      await update(store, { ...known, account: other.account });
      const addressHashes = [known.addressHash, other.addressHash, known.addressHash];
      const { account } = known;
      const records = await store.readRecords({ account, addressHashes, deadlineAt: soon() });
      expect([...records]).toEqual([[known.addressHash, record]]);
      const statuses = await store.readStatuses(addressHashes, soon());
      expect([...statuses.keys()]).toEqual([known.addressHash]);
      // In no order: an item's attributes have none.
      expect(statuses.get(known.addressHash)?.suppressedBy).toEqual(
        new Map([...status.suppressedBy, [other.account, [{ key: 'policy', rule: 'B7', until: null }]]]),
      );
    });

    test('a change is applied to what is stored', async () => {
      const { store } = opened();
      const key = aKey();
      const seen: AddressSnapshot[] = [];
      await update(store, key);
      const stored = await read(store, key);
      await update(store, key, (before) => {
        seen.push(before);
        return before;
      });
      expect(seen).toEqual([stored]);
    });

    test('a change may begin with what was read before, and is applied again where that is old', async () => {
      const { store } = opened();
      const key = aKey();
      const empty = await read(store, key);
      const deadlineAt = soon();
      const first = await store.updateAddress(key, { before: empty, change: bounced(), deadlineAt });
      expect(await read(store, key)).toEqual(first);
      const complaint = bounced([aBounce({ key: 'complaint' })]);
      await store.updateAddress(key, { before: empty, change: complaint, deadlineAt });
      const { record, status } = await read(store, key);
      expect(Object.keys(record.facts.hard).sort()).toEqual(['complaint', 'policy']);
      expect([record.version, status.version]).toEqual([2, 2]);
    });

    test('what a change leaves alone is not written', async () => {
      const { store } = opened();
      const [known, unknown] = [aKey(), aKey()];
      await update(store, known);
      const before = await read(store, known);
      await update(store, known);
      expect(await read(store, known)).toEqual(before);
      await update(store, unknown, (snapshot) => snapshot);
      expect(await store.readStatuses([unknown.addressHash], soon())).toEqual(new Map());
    });

    test('a soft bounce touches the record alone', async () => {
      const { store } = opened();
      const key = aKey();
      await update(store, key, bounced([SOFT]));
      const { record, status } = await read(store, key);
      expect([record.version, record.bounces, status]).toEqual([1, [SOFT], NO_STATUS]);
    });

    test('a mark of SES touches the status alone', async () => {
      const { store } = opened();
      const key = aKey();
      await mark(store, key, 'sesGlobalList');
      const { record, status } = await read(store, key);
      expect(record).toEqual(emptyRecord(key.account));
      expect(status).toMatchObject({ version: 1, ses: { sesGlobalList: { mark: { sentAt: NOW } } } });
    });

    test('a lift takes the account off the status', async () => {
      const { store } = opened();
      const key = aKey();
      await update(store, key);
      await update(store, key, ({ record, status }) => ({
        record: { ...record, suppression: null, facts: { ...record.facts, hard: {} } },
        status: { ...status, suppressedBy: new Map() },
      }));
      const { record, status } = await read(store, key);
      expect([record.version, record.suppression, record.facts.hard]).toEqual([2, null, {}]);
      expect([status.version, status.suppressedBy]).toEqual([2, new Map()]);
    });

    test('concurrent changes of one record all survive', async () => {
      const { store } = opened();
      const key = aKey();
      const days = Array.from({ length: 10 }, (_, index) => -index - 1);
      const bounces = days.map((day) => aBounce({ key: 'timeout', sentAt: daysAfter(day) }));
      await Promise.all(bounces.map((bounce) => update(store, key, bounced([bounce]))));
      const { record } = await read(store, key);
      expect(record.version).toBe(10);
      expect(Object.keys(record.facts.strikes.timeout ?? {})).toHaveLength(10);
      expect(record.bounces).toEqual(bounces);
    });

    test('concurrent bounces of one address in several accounts all reach its status', async () => {
      const { store } = opened();
      const { addressHash } = aKey();
      const accounts = ['__proto__', 'constructor', ...Array.from({ length: 10 }, () => aKey().account)];
      await Promise.all(accounts.map((account) => update(store, { account, addressHash })));
      const status = (await store.readStatuses([addressHash], soon())).get(addressHash);
      expect([...(status?.suppressedBy.keys() ?? [])].sort()).toEqual([...accounts].sort());
      for (const account of accounts) {
        expect((await read(store, { account, addressHash })).record.account).toBe(account);
      }
    });
  });

  describe("an account's suppressed addresses", () => {
    test('are listed newest first, page by page, without those of others', async () => {
      const { store } = opened();
      const { account } = aKey();
      const hours = [3, 1, 5, 2, 4];
      const people = hours.map((hour) => `hour-${hour}-of-${account}@example.com`);
      for (const [index, address] of people.entries()) {
        const key = { account, addressHash: addressHash(address) };
        await update(store, key, bounced([aBounce()], { address, now: hoursAfter(hours[index] ?? 0) }));
      }
      await update(store, aKey());
      await update(store, aKey(account), bounced([SOFT]));
      const { pages, rows } = await listAll(opened(), account, 2);
      expect(pages.every((page) => page.length <= 2)).toBe(true);
      expect(rows.map(({ suppression }) => suppression.suppressedAt)).toEqual(
        [5, 4, 3, 2, 1].map((hour) => hoursAfter(hour)),
      );
      expect(rows[0]).toMatchObject({
        address: people[2],
        addressHash: addressHash(people[2] ?? ''),
        erasedAt: null,
        suppression: { policyVersion: POLICY.version, standing: [{ key: 'policy' }] },
      });
    });

    test('are listed whole when their number is that of the page', async () => {
      const { store } = opened();
      const { account } = aKey();
      const hashes = [aKey(account), aKey(account)].map((key) => key.addressHash);
      for (const addressHash of hashes) {
        await update(store, { account, addressHash });
      }
      const { rows } = await listAll(opened(), account, 2);
      expect(rows.map((row) => row.addressHash).sort()).toEqual(hashes.sort());
    });

    test('are listed as far back as somebody asks, that moment included', async () => {
      const { store } = opened();
      const { account } = aKey();
      for (const hours of [-3, -2, -1]) {
        await update(store, aKey(account), bounced([aBounce()], { now: hoursAfter(hours) }));
      }
      const query = { account, limit: 1, since: hoursAfter(-2), deadlineAt: soon() };
      const first = await store.listSuppressions({ ...query, after: null });
      const second = await store.listSuppressions({ ...query, after: first.next });
      const times = [...first.items, ...second.items].map(({ suppression }) => suppression.suppressedAt);
      expect(times).toEqual([hoursAfter(-1), hoursAfter(-2)]);
    });

    test('are none for an account without any, and leave the list when lifted', async () => {
      const { store } = opened();
      expect((await listAll(opened(), aKey().account, 10)).rows).toEqual([]);
      const key = await aSuppressedKey(store);
      expect((await listAll(opened(), key.account, 10)).rows).toHaveLength(1);
      await store.grantUnbounce({ key, granted: await aGrant(store, key), deadlineAt: soon() });
      expect((await listAll(opened(), key.account, 10)).rows).toEqual([]);
    });
  });
}

async function listAll({ store }: StoreUnderTest, account: string, limit: number) {
  const pages: (readonly SuppressedAddress[])[] = [];
  let after: SuppressionPosition | null = null;
  do {
    const page = await store.listSuppressions({ account, limit, after, deadlineAt: soon() });
    pages.push(page.items);
    after = page.next;
  } while (after !== null);
  return { pages, rows: pages.flat() };
}
