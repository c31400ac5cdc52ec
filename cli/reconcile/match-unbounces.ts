import { toIso } from '../../lib/policy/time.ts';
import { readBatch } from '../../lib/store/batch-reader.ts';
import type { Item } from '../../lib/store/items/item.ts';
import { ledgerKey } from '../../lib/store/items/quota-item.ts';
import { recordScope } from '../../lib/store/items/record-item.ts';
import type { LedgerRow } from '../../lib/store/ledger-port.ts';
import { inHundreds } from './in-hundreds.ts';
import { PATIENCE_IN_MS } from './read-tables.ts';
import type { Reconciliation } from './reconciliation.ts';

/** Looks for the ledger row of each unbounce that an address carries. */
export function createRowFinder({ context, findings }: Reconciliation) {
  return inHundreds<LedgerRow>(async (carried) => {
    const items = await readBatch(context, {
      table: context.tables.unbounceQuotas,
      keys: carried.map(ledgerKey),
      deadlineAt: context.clock() + PATIENCE_IN_MS,
    });
    const found = new Set(items.map(rowName));
    for (const row of carried.filter((one) => !found.has(rowName(ledgerKey(one))))) {
      const { account, addressHash: id, unbounce } = row;
      const detail = `granted ${toIso(unbounce.unbouncedAt)}`;
      findings.add({ drift: 'unbounce_without_ledger_row', account, id, detail });
    }
  });
}

/** Looks for the address of each ledger row, and whether it carries that unbounce. */
export function createCarrierFinder(
  { context, findings }: Reconciliation,
  onCarried: (row: LedgerRow) => void,
) {
  return inHundreds<LedgerRow>(async (rows) => {
    const items = await readBatch(context, {
      table: context.tables.addressBounces,
      keys: rows.map(({ addressHash, account }) => ({ addressHash, scope: recordScope(account) })),
      deadlineAt: context.clock() + PATIENCE_IN_MS,
    });
    const carried = new Map(items.map((item) => [item['addressHash'], unbouncedAtIn(item)]));
    for (const row of rows) {
      const { account, addressHash: id, unbounce } = row;
      const rowAt = toIso(unbounce.unbouncedAt);
      const carriedAt = carried.get(id);
      if (carriedAt === rowAt) onCarried(row);
      else {
        const detail = `row of ${rowAt}, address ${carriedAt ?? 'without an unbounce'}`;
        findings.add({ drift: 'ledger_row_without_unbounce', account, id, detail });
      }
    }
  });
}

function rowName({ account, entry }: Item): string {
  return `${account}#${entry}`;
}

/** The time as it is stored; whether the item reads as a whole is another question. */
function unbouncedAtIn({ unbounce }: Item): string | undefined {
  const { unbouncedAt } = (unbounce ?? {}) as { readonly unbouncedAt?: unknown };
  return unbouncedAt === undefined ? undefined : String(unbouncedAt);
}
