import { type LedgerPosition, type LedgerRow, type LedgerStore, ledgerPosition } from './ledger-port.ts';
import { pageOf } from './memory-page.ts';

/** The twin of the DynamoDB store, over what a store in memory granted. */
export function createMemoryLedgerStore({ ledger }: { readonly ledger: readonly LedgerRow[] }): LedgerStore {
  return {
    async listUnbounces({ account, month, limit, after }) {
      const rows = ledger
        .filter((row) => row.account === account && row.unbounce.month === month)
        .map(({ addressHash, unbounce }) => ({ addressHash, unbounce }));
      const { items, last } = pageOf(rows, {
        limit,
        placeOf: (row) => entryOf(ledgerPosition(row)),
        after: after && entryOf(after),
        isDescending: true,
      });
      return { items, next: last && ledgerPosition(last) };
    },
  };
}

function entryOf({ unbouncedAt, addressHash }: LedgerPosition): string {
  return `${unbouncedAt}#${addressHash}`;
}
