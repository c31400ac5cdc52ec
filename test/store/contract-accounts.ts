import { describe, expect, test } from '@jest/globals';
import { type Account, unsetAccount } from '../../lib/policy/account.ts';
import type { AccountOutcome, AccountPosition } from '../../lib/store/port.ts';
import { aKey, anIdentity, DEFAULT_ACCOUNT, soon } from './scene.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function accountContract(opened: () => StoreUnderTest): void {
  const save = async (
    before: Account,
    { contacts = null, names = [] }: { contacts?: number | null; names?: readonly string[] },
  ): Promise<AccountOutcome> => {
    const sendingIdentities = names.map(anIdentity);
    return await opened().store.saveAccount({ before, contacts, sendingIdentities }, soon());
  };
  const readBack = async (id: string) => await opened().store.readAccount(id, soon());
  const ownersOf = async (...identities: string[]) => {
    const { owners } = await opened().store.findSenders({ accounts: [], identities, deadlineAt: soon() });
    return owners;
  };
  const freshAccount = () => unsetAccount(aKey().account);

  describe('accounts', () => {
    test('an account is registered by its first save', async () => {
      const account = freshAccount();
      const { id } = account;
      expect(await readBack(id)).toBeNull();
      const names = [`${id}.example`, `ada@${id}.test`];
      const outcome = await save(account, { contacts: 1_000, names });
      const saved = { id, version: 1, contacts: 1_000, sendingIdentities: names.map(anIdentity) };
      expect(outcome).toEqual({ outcome: 'saved', account: saved });
      expect(await readBack(id)).toEqual(saved);
    });

    test('settings that nobody gave stay unknown', async () => {
      const account = freshAccount();
      await save(account, {});
      expect(await readBack(account.id)).toEqual({ ...account, version: 1 });
    });

    test('the default account is registered before anybody set it up, and can be set up', async () => {
      const unset = unsetAccount(DEFAULT_ACCOUNT);
      expect(await readBack(DEFAULT_ACCOUNT)).toEqual(unset);
      expect(await save(unset, { contacts: 7 })).toMatchObject({ outcome: 'saved', account: { version: 1 } });
      expect(await readBack(DEFAULT_ACCOUNT)).toEqual({ ...unset, version: 1, contacts: 7 });
    });

    test.each(['__proto__', 'constructor'])('%s is an account like any other', async (id) => {
      expect(await readBack(id)).toBeNull();
      await save(unsetAccount(id), { contacts: 3, names: [`of-${id}.example`] });
      expect(await readBack(id)).toMatchObject({ id, contacts: 3 });
      expect(await ownersOf(`of-${id}.example`)).toEqual(new Map([[`of-${id}.example`, id]]));
    });

    test('are listed page by page, each once, the default account first and then those that somebody saved by their ids', async () => {
      const { store } = opened();
      const ids = [freshAccount(), freshAccount(), freshAccount()];
      for (const account of ids) {
        await save(account, {});
        await save({ ...account, version: 1 }, { contacts: 2 });
      }
      const listed: string[] = [];
      let after: AccountPosition | null = null;
      do {
        const page = await store.listAccounts({ limit: 2, after, deadlineAt: soon() });
        expect(page.items.length).toBeLessThanOrEqual(after === null ? 3 : 2);
        listed.push(...page.items);
        after = page.next;
      } while (after !== null);
      const [first, ...others] = listed;
      expect(first).toBe(DEFAULT_ACCOUNT);
      expect(others).toEqual(others.toSorted());
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed).toEqual(expect.arrayContaining(ids.map(({ id }) => id)));
      expect(listed).not.toContain(freshAccount().id);
    });

    test('a save under a version that is no longer current is lost', async () => {
      const account = freshAccount();
      await save(account, { contacts: 1 });
      expect(await save(account, { contacts: 2 })).toEqual({ outcome: 'lost' });
      expect(await save({ ...account, version: 2 }, { contacts: 2 })).toEqual({ outcome: 'lost' });
      expect(await readBack(account.id)).toMatchObject({ version: 1, contacts: 1 });
    });

    test('of concurrent saves under one version one is saved', async () => {
      const account = freshAccount();
      const saves = await Promise.all([1, 2, 3, 4, 5].map((contacts) => save(account, { contacts })));
      const saved = saves.filter(({ outcome }) => outcome === 'saved');
      expect(saves.map(({ outcome }) => outcome).sort()).toEqual(['lost', 'lost', 'lost', 'lost', 'saved']);
      expect(saved).toEqual([{ outcome: 'saved', account: await readBack(account.id) }]);
    });
  });

  describe('sending identities', () => {
    test('are owned once: a taken one is named and nothing is saved', async () => {
      const [owner, rival] = [freshAccount(), freshAccount()];
      const [shared, spare] = [`shared-${owner.id}.example`, `spare-${owner.id}.example`];
      await save(owner, { names: [shared] });
      expect(await save(rival, { names: [spare, shared] })).toEqual({
        outcome: 'identity_taken',
        identities: [shared],
      });
      expect(await readBack(rival.id)).toBeNull();
      expect(await ownersOf(shared, spare)).toEqual(new Map([[shared, owner.id]]));
    });

    test('are free again once given up, and kept ones stay', async () => {
      const [owner, heir] = [freshAccount(), freshAccount()];
      const [kept, left] = [`kept-${owner.id}.example`, `left-${owner.id}.example`];
      await save(owner, { names: [kept, left] });
      const stored = (await readBack(owner.id)) as Account;
      await save(stored, { names: [kept] });
      expect(await ownersOf(kept, left)).toEqual(new Map([[kept, owner.id]]));
      expect(await save(heir, { names: [left] })).toMatchObject({ outcome: 'saved' });
      expect(await ownersOf(kept, left)).toEqual(
        new Map([
          [kept, owner.id],
          [left, heir.id],
        ]),
      );
    });

    test('of accounts that claim one at the same time one gets it', async () => {
      const rivals = [freshAccount(), freshAccount(), freshAccount(), freshAccount()];
      const name = `wanted-${rivals[0]?.id}.example`;
      const saves = await Promise.all(rivals.map((rival) => save(rival, { names: [name] })));
      const winner = rivals[saves.findIndex(({ outcome }) => outcome === 'saved')];
      expect(saves.filter(({ outcome }) => outcome === 'identity_taken')).toHaveLength(3);
      expect(await ownersOf(name)).toEqual(new Map([[name, winner?.id]]));
    });
  });

  test('senders are found by account and by identity, however often they are asked for', async () => {
    const [known, unknown] = [freshAccount(), freshAccount()];
    const name = `sender-${known.id}.example`;
    await save(known, { names: [name] });
    const query = {
      accounts: [known.id, unknown.id, known.id, DEFAULT_ACCOUNT],
      identities: [name, 'nobody.example', name],
      deadlineAt: soon(),
    };
    const { registered, owners } = await opened().store.findSenders(query);
    expect([...registered].sort()).toEqual([known.id, DEFAULT_ACCOUNT].sort());
    expect(owners).toEqual(new Map([[name, known.id]]));
    const { store } = opened();
    const nobody = await store.findSenders({ accounts: [], identities: [], deadlineAt: soon() });
    expect(nobody).toEqual({ registered: new Set([DEFAULT_ACCOUNT]), owners: new Map() });
  });
}
