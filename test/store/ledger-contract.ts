import { describe, expect, test } from '@jest/globals';
import type { GrantedRow, LedgerPosition, LedgerStore } from '../../lib/store/ledger-port.ts';
import { hoursAfter } from '../policy/builders.ts';
import { aGrant, aKey, aSuppressedKey, type Stores, soon } from './scene.ts';

export interface LedgerUnderTest {
  readonly store: Stores;
  readonly ledger: LedgerStore;
}

/** The month of the builders' present. */
const MONTH = '2026-11';
const NEXT_MONTH = '2026-12';
const HOURS_TO_NEXT_MONTH = 24 * 8;
const NEXT_MONTH_BEGINS = Date.parse(`${NEXT_MONTH}-01T00:00:00Z`);

/** Everything that `lib/store/ledger-port.ts` promises; `opened` gives the store once tests run. */
export function ledgerContract(opened: () => LedgerUnderTest): void {
  /** Unbounces a new address of the account, so many hours from now. */
  async function grant(
    account: string | undefined,
    hours: number,
  ): Promise<GrantedRow & { account: string }> {
    const { store } = opened();
    const key = await aSuppressedKey(store, account);
    const granted = await aGrant(store, key, hoursAfter(hours));
    expect(await store.grantUnbounce({ key, granted, deadlineAt: soon() })).toEqual({ outcome: 'saved' });
    return { ...key, unbounce: granted.unbounce };
  }

  async function pages(account: string, month: string, limit: number): Promise<(readonly GrantedRow[])[]> {
    const all: (readonly GrantedRow[])[] = [];
    let after: LedgerPosition | null = null;
    do {
      const page = await opened().ledger.listUnbounces({ account, month, limit, after, deadlineAt: soon() });
      all.push(page.items);
      after = page.next;
    } while (after !== null);
    return all;
  }

  describe('the ledger of a month', () => {
    test('lists each unbounce with all that is known of it, newest first, page by page', async () => {
      const first = await grant(undefined, 1);
      const { account } = first;
      const others = [await grant(account, 3), await grant(account, 2), await grant(account, 3)];
      await grant(account, HOURS_TO_NEXT_MONTH);
      await grant(undefined, 1);
      const listed = await pages(account, MONTH, 3);
      expect(listed.map(({ length }) => length)).toEqual([3, 1]);
      const expected = [...others, first].map(({ addressHash, unbounce }) => ({ addressHash, unbounce }));
      expect(listed.flat()).toHaveLength(4);
      expect(listed.flat()).toEqual(expect.arrayContaining(expected));
      const times = listed.flat().map(({ unbounce }) => unbounce.unbouncedAt);
      expect(times).toEqual([3, 3, 2, 1].map((hour) => hoursAfter(hour)));
      expect(await pages(account, NEXT_MONTH, 3)).toMatchObject([[{ unbounce: { by: 'anna' } }]]);
    });

    test('shows what was there throughout once, while others are granted', async () => {
      const granted = [await grant(undefined, 1)];
      const account = granted[0]?.account ?? '';
      for (const hour of [2, 3]) granted.push(await grant(account, hour));
      const seen: string[] = [];
      let after: LedgerPosition | null = null;
      do {
        const query = { account, month: MONTH, limit: 1, after, deadlineAt: soon() };
        const page = await opened().ledger.listUnbounces(query);
        seen.push(...page.items.map(({ addressHash }) => addressHash));
        after = page.next;
        if (seen.length < 3) await grant(account, 10 + seen.length);
      } while (after !== null);
      expect(seen).toEqual(granted.map(({ addressHash }) => addressHash).toReversed());
    });

    test('holds what was asked for in it and granted after its end, whatever the size of a page', async () => {
      const { store } = opened();
      const first = await grant(undefined, 1);
      const { account } = first;
      const key = await aSuppressedKey(store, account);
      const late = await aGrant(store, key, NEXT_MONTH_BEGINS + 2, NEXT_MONTH_BEGINS - 1);
      expect(await store.grantUnbounce({ key, granted: late, deadlineAt: soon() })).toEqual({
        outcome: 'saved',
      });
      const listed = await pages(account, MONTH, 1);
      const hashes = listed.flat().map(({ addressHash }) => addressHash);
      expect(hashes).toEqual([key.addressHash, first.addressHash]);
      expect(await pages(account, NEXT_MONTH, 1)).toEqual([[]]);
    });

    test('is empty when nobody was unbounced', async () => {
      expect(await pages(aKey().account, MONTH, 10)).toEqual([[]]);
    });
  });
}
