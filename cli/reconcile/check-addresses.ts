import { type ScanCommandInput, TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AddressRecord } from '../../lib/policy/address-record.ts';
import { isDecidedBy } from '../../lib/policy/drift.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import type { Item } from '../../lib/store/items/item.ts';
import { recordScope } from '../../lib/store/items/record-item.ts';
import { STATUS_SCOPE, statusOf } from '../../lib/store/items/status-item.ts';
import type { LedgerRow } from '../../lib/store/ledger-port.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { retryUntil } from '../../lib/store/retry.ts';
import { type Judged, judge, type StoredAddress, unreadable } from './address-items.ts';
import { type AddressItems, addressesIn } from './addresses-in.ts';
import { checkRemoval } from './check-removal.ts';
import { REPAIRED } from './findings.ts';
import { createRowFinder } from './match-unbounces.ts';
import { PATIENCE_IN_MS, scanTable } from './read-tables.ts';
import type { Reconciliation } from './reconciliation.ts';
import { repairAddress } from './repair-address.ts';

/** How far clocks may be apart. */
const MOST_SKEW_IN_MS = 60_000;

/** What was written later than now cannot be judged. */
export class ClockError extends Error {
  override readonly name = 'ClockError';

  constructor(writtenAt: Instant) {
    super(`The clock of this machine is behind: something was written at ${toIso(writtenAt)}. Set it first.`);
  }
}

/**
 * Compares every address's items with its facts, and every unbounce with the ledger. The scan only raises a suspicion,
 * since items change while it runs; what is reported was read in one transaction.
 */
export async function checkAddresses(run: Reconciliation): Promise<void> {
  await scanTable(run.context, scanOf(run), async (items) => {
    const rows = createRowFinder(run);
    for await (const address of addressesIn(items)) {
      for (const carried of await checkAddress(run, address)) await rows.add(carried);
    }
    await rows.finish();
  });
}

function scanOf({ context, account }: Reconciliation): ScanCommandInput {
  const TableName = context.tables.addressBounces;
  return account === null
    ? { TableName }
    : {
        TableName,
        FilterExpression: '#scope = :scope OR attribute_exists(#held)',
        ExpressionAttributeNames: { '#scope': 'scope', '#held': `a#${account}` },
        ExpressionAttributeValues: marshall({ ':scope': recordScope(account) }),
      };
}

/** Answers the unbounces that the address carries. */
async function checkAddress(
  run: Reconciliation,
  { addressHash, records, status: statusItem }: AddressItems,
): Promise<readonly LedgerRow[]> {
  run.tally.addresses += 1;
  const carried: LedgerRow[] = [];
  try {
    const status = statusOf(statusItem);
    await checkRemoval(run, { addressHash, status });
    const accounts = new Set([...records.keys(), ...status.suppressedBy.keys()]);
    for (const account of run.account === null ? accounts : [run.account]) {
      const { drifts, record } = judgeNow(run, { account, item: records.get(account), status });
      if (drifts.length > 0) await confirm(run, { account, addressHash });
      if (record !== null && record.version > 0) count(run, record);
      if (record?.unbounce) carried.push({ account, addressHash, unbounce: record.unbounce });
    }
  } catch (error) {
    run.findings.add({ account: null, id: addressHash, ...unreadable(error) });
  }
  return carried;
}

/** Reads both items of a suspect at one moment, reports what is still wrong, and repairs it if asked to. */
async function confirm(run: Reconciliation, key: AddressKey): Promise<void> {
  const { drifts } = judgeNow(run, await readTogether(run, key));
  const mayRepair = run.fix && drifts.some(({ drift }) => REPAIRED.has(drift));
  if (mayRepair) await repairAddress(run, key);
  const left = mayRepair ? judgeNow(run, await readTogether(run, key)).drifts : drifts;
  for (const { drift, detail } of drifts) {
    const isFixed = !left.some((other) => other.drift === drift);
    run.findings.add({ drift, detail, account: key.account, id: key.addressHash }, isFixed);
  }
}

function judgeNow({ policy, context }: Reconciliation, stored: StoredAddress): Judged {
  const now = context.clock();
  const judged = judge(stored, { policy, now });
  const writtenAt = Math.max(
    judged.record?.suppression?.suppressedAt ?? 0,
    judged.record?.unbounce?.unbouncedAt ?? 0,
  );
  if (writtenAt > now + MOST_SKEW_IN_MS) throw new ClockError(writtenAt);
  return judged;
}

async function readTogether(
  { context }: Reconciliation,
  { account, addressHash }: AddressKey,
): Promise<StoredAddress> {
  const command = new TransactGetItemsCommand({
    TransactItems: [recordScope(account), STATUS_SCOPE].map((scope) => ({
      Get: { TableName: context.tables.addressBounces, Key: marshall({ addressHash, scope }) },
    })),
  });
  const deadlineAt = context.clock() + PATIENCE_IN_MS;
  const answer = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  const [item, status] = (answer.Responses ?? []).map(
    ({ Item }): Item | undefined => Item && unmarshall(Item),
  );
  return { account, item, status: statusOf(status) };
}

function count({ tally, policy }: Reconciliation, record: AddressRecord): void {
  tally.records += 1;
  tally.suppressions += Number(record.suppression !== null);
  tally.byOtherRules += Number(!isDecidedBy(record, policy));
  tally.unbounces += Number(record.unbounce !== null);
}
