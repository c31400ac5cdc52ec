import type { Month } from '../../lib/policy/time.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { CorruptItemError, type Item } from '../../lib/store/items/item.ts';
import { ledgerKey, readLedgerItem, readUsed } from '../../lib/store/items/quota-item.ts';
import type { LedgerRow } from '../../lib/store/ledger-port.ts';
import { unreadable } from './address-items.ts';
import { createCarrierFinder } from './match-unbounces.ts';
import { PATIENCE_IN_MS, queryQuotas, scanTable } from './read-tables.ts';
import type { Reconciliation } from './reconciliation.ts';

/** How often a counter is looked at again that somebody raises at that very moment. */
const MOST_LOOKS = 5;
/** Other entries, such as the operator's releases, are no part of a quota. */
const COUNTER = /^\d{4}-\d{2}$/;
const LEDGER_ROW = /^\d{4}-\d{2}#/;

interface MonthTally {
  used: number;
  rows: number;
  carried: number;
}

/** Compares every month's counter with its ledger rows, and these with the addresses that carry the unbounces. */
export async function checkQuotas(run: Reconciliation): Promise<void> {
  for (const account of await accountsOf(run)) {
    for (const [month, tally] of await tallyMonths(run, account)) {
      run.tally.months += 1;
      run.tally.ledgerRows += tally.rows;
      if (tally.used !== tally.rows) await confirm(run, { account, month, carried: tally.carried });
    }
  }
}

async function accountsOf({ context, account }: Reconciliation): Promise<readonly string[]> {
  if (account !== null) return [account];
  const accounts = new Set<string>();
  const keysOnly = { ProjectionExpression: '#account', ExpressionAttributeNames: { '#account': 'account' } };
  await scanTable(context, { TableName: context.tables.unbounceQuotas, ...keysOnly }, async (items) => {
    for await (const item of items) accounts.add(String(item['account']));
  });
  return [...accounts].sort();
}

async function tallyMonths(run: Reconciliation, account: string): Promise<ReadonlyMap<Month, MonthTally>> {
  const months = new Map<Month, MonthTally>();
  const monthAt = (month: Month) => {
    const tally = months.get(month) ?? { used: 0, rows: 0, carried: 0 };
    months.set(month, tally);
    return tally;
  };
  const carriers = createCarrierFinder(run, ({ unbounce }) => {
    monthAt(unbounce.month).carried += 1;
  });
  for await (const item of queryQuotas(run.context, { account, month: null })) {
    const entry = String(item['entry']);
    try {
      if (COUNTER.test(entry)) monthAt(entry).used = readUsed(item);
      else if (LEDGER_ROW.test(entry)) {
        const row = readRow(item);
        monthAt(row.unbounce.month).rows += 1;
        await carriers.add(row);
      }
    } catch (error) {
      run.findings.add({ account, id: entry, ...unreadable(error) });
    }
  }
  await carriers.finish();
  return months;
}

function readRow(item: Item): LedgerRow {
  const row = readLedgerItem(item);
  if (ledgerKey(row)['entry'] !== item['entry']) {
    throw new CorruptItemError('ledger row: "entry" must be that of its month, time and address.');
  }
  return row;
}

/** A grant changes counter and ledger at one moment, so rows counted while the counter stood still must come to the same. */
async function confirm(
  { context, findings }: Reconciliation,
  { account, month, carried }: { account: string; month: Month; carried: number },
): Promise<void> {
  const { readUsed } = createDynamoUnbounceStore(context);
  const read = () => readUsed({ account, month, deadlineAt: context.clock() + PATIENCE_IN_MS });
  for (let look = 0; look < MOST_LOOKS; look++) {
    const used = await read();
    let rows = 0;
    for await (const _ of queryQuotas(context, { account, month })) rows += 1;
    if (used !== (await read())) continue;
    const detail = `counter ${used}, ledger ${rows}, addresses ${carried}`;
    if (used !== rows) findings.add({ drift: 'counter_differs', account, id: month, detail });
    return;
  }
}
