import { describe, expect, test } from '@jest/globals';
import { type Correction, decideCorrection } from '../../lib/policy/correction.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { CorrectionStore, StoredCorrection } from '../../lib/store/correction-port.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { aBounce, daysAfter, hoursAfter, NOW, POLICY } from '../policy/builders.ts';
import { bouncedInAccounts } from './operator-scene.ts';
import { aKey, bounced, read, type Stores, soon, update } from './scene.ts';

export type CorrectionStores = Stores & OperatorStore & CorrectionStore;

export const CORRECTION: Correction = {
  from: hoursAfter(-6),
  to: NOW,
  reason: null,
  rule: null,
  domain: null,
  campaign: null,
};

export const DEAD = aBounce({ key: 'unknown_user' });
const SPAM = aBounce({ key: 'spam', feedbackId: 'spam' });
const CONTEXT = { policy: POLICY, now: NOW, asksSes: false };

/** Everything that `lib/store/correction-port.ts` promises; `opened` gives the store once tests run. */
export function correctionContract(opened: () => CorrectionStores): void {
  async function decide(key: AddressKey, correction = CORRECTION) {
    const whole = await opened().readWhole(key.addressHash, soon());
    return decideCorrection({ account: key.account, correction }, whole, CONTEXT);
  }

  async function save(key: AddressKey, decided: Awaited<ReturnType<typeof decide>>, id = 'one') {
    const write = { ...key, id, by: 'olga', correctedAt: NOW, decided, deadlineAt: soon() };
    return await opened().saveCorrection(write);
  }

  const finish = (account: string, finishedAt: Instant, id = 'one') =>
    opened().finishCorrection({ account, id, finishedAt }, soon());
  const begin = (account: string, changes: Partial<StoredCorrection> = {}) =>
    opened().beginCorrection(
      { account, id: 'one', correction: CORRECTION, by: 'olga', note: null, begunAt: NOW, ...changes },
      soon(),
    );
  const listed = async (account: string) =>
    (await opened().listCorrections({ account, limit: 10, after: null, deadlineAt: soon() })).items;

  describe('a corrected address', () => {
    test('is written with both of its items, and leaves the list', async () => {
      const key = aKey();
      await update(opened(), key, bounced([DEAD]));
      const decided = await decide(key);
      expect(await save(key, decided)).toBe('saved');
      const { record, status } = await read(opened(), key);
      expect(record).toEqual({ ...decided.record.after, version: 2 });
      expect(status).toEqual({ ...decided.status.after, version: 2 });
      const query = { account: key.account, limit: 10, after: null, deadlineAt: soon() };
      expect((await opened().listSuppressions(query)).items).toEqual([]);
    });

    test.each([
      ['its account hears of another bounce', (key: AddressKey) => key],
      ['another account does', (key: AddressKey) => aKeyOf(key.addressHash)],
    ])('is lost when meanwhile %s', async (_name, heardBy) => {
      const key = aKey();
      await update(opened(), key, bounced([DEAD]));
      const decided = await decide(key);
      await update(opened(), heardBy(key), bounced([SPAM]));
      const before = await read(opened(), key);
      expect(await save(key, decided)).toBe('lost');
      expect(await read(opened(), key)).toEqual(before);
      expect(await finish(key.account, NOW)).toBe(0);
    });

    test('is lost when an account whose report was weighed has reported anew', async () => {
      const [one, other] = await bouncedInAccounts(opened(), 3);
      const [key, reporter] = [one as AddressKey, other as AddressKey];
      const decided = await decide(key);
      const { version } = (await read(opened(), key)).status;
      const anew = aBounce({ key: 'unknown_user', sentAt: hoursAfter(-1), feedbackId: 'anew' });
      await update(opened(), reporter, bounced([anew]));
      expect((await read(opened(), key)).status.version).toBe(version);
      expect(await save(key, decided)).toBe('lost');
      expect(await save(key, await decide(key))).toBe('saved');
    });

    test('takes the end of a global bounce to every account', async () => {
      const [one, ...others] = await bouncedInAccounts(opened(), 3);
      const key = one as AddressKey;
      expect(await save(key, await decide(key))).toBe('saved');
      const { status } = await opened().readWhole(key.addressHash, soon());
      expect(status.global).toBeNull();
      const accounts = others.map(({ account }) => account).sort();
      expect([...status.suppressedBy.keys()].sort()).toEqual(accounts);
      expect([...status.deadReports.keys()].sort()).toEqual(accounts);
    });
  });

  describe('the ledger of corrections', () => {
    test('counts an address once, in however many runs', async () => {
      const key = aKey();
      await begin(key.account);
      await update(opened(), key, bounced([DEAD]));
      await save(key, await decide(key));
      expect(await finish(key.account, hoursAfter(1))).toBe(1);
      await update(opened(), key, bounced([SPAM]));
      await save(key, await decide(key));
      expect(await finish(key.account, hoursAfter(2))).toBe(1);
      expect(await finish(key.account, hoursAfter(2), 'other')).toBe(0);
    });

    test('says what was corrected, by whom and why, and keeps what the first run said', async () => {
      const { account, addressHash } = aKey();
      const correction = {
        ...CORRECTION,
        reason: 'unknown_user',
        rule: 'B1',
        domain: 'example.com',
        campaign: 'spring',
      } as const;
      const begun = { correction, note: 'They took every mailbox for dead.' };
      await begin(account, begun);
      const first = { id: 'one', by: 'olga', begunAt: NOW, ...begun };
      expect(await listed(account)).toEqual([{ ...first, finishedAt: null, corrected: null }]);
      await begin(account, { by: 'otto', note: 'Again.', begunAt: hoursAfter(1) });
      await update(opened(), { account, addressHash }, bounced([DEAD]));
      await save({ account, addressHash }, await decide({ account, addressHash }));
      await finish(account, hoursAfter(2));
      expect(await listed(account)).toEqual([{ ...first, finishedAt: hoursAfter(2), corrected: 1 }]);
    });

    test('holds nothing of a run that began nothing', async () => {
      const { account } = aKey();
      expect(await finish(account, NOW)).toBe(0);
      expect(await listed(account)).toEqual([]);
    });

    test('is listed by account, the latest first, page by page', async () => {
      const [{ account }, other] = [aKey(), aKey()];
      for (const id of ['a', 'c', 'b']) await begin(account, { id, begunAt: daysAfter(1) });
      await begin(other.account, { id: 'd' });
      const query = { account, limit: 2, deadlineAt: soon() };
      const first = await opened().listCorrections({ ...query, after: null });
      const second = await opened().listCorrections({ ...query, after: first.next });
      expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([['c', 'b'], ['a']]);
    });
  });
}

function aKeyOf(addressHash: string): AddressKey {
  return { ...aKey(), addressHash };
}
