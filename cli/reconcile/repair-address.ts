import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { withoutDrift } from '../../lib/policy/drift.ts';
import { toIso } from '../../lib/policy/time.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { lostConditions } from '../../lib/store/faults.ts';
import { ItemReader } from '../../lib/store/items/item.ts';
import { recordScope } from '../../lib/store/items/record-item.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { readOne } from '../../lib/store/read-one.ts';
import { AGAIN, retryUntil } from '../../lib/store/retry.ts';
import { versionedUpdate } from '../../lib/store/update-expression.ts';
import { listingDrift } from './address-items.ts';
import { PATIENCE_IN_MS } from './read-tables.ts';
import type { Reconciliation } from './reconciliation.ts';

/** Writes both items as the facts say, under the versions read. What must not be repaired stays as it is. */
export async function repairAddress({ context, policy }: Reconciliation, key: AddressKey): Promise<void> {
  const now = context.clock();
  const deadlineAt = now + PATIENCE_IN_MS;
  await retryUntil(deadlineAt, () => repairListing(context, key), context);
  await createDynamoAddressStore(context).updateAddress(key, {
    deadlineAt,
    change: (snapshot) => withoutDrift(snapshot, { policy, now }),
  });
}

/** The stores read `suppressedAt` and `suppression` as one thing, so their being apart is mended underneath. */
async function repairListing(
  context: DynamoContext,
  { account, addressHash }: AddressKey,
): Promise<true | typeof AGAIN> {
  const table = context.tables.addressBounces;
  const key = { addressHash, scope: recordScope(account) };
  const now = context.clock();
  const item = await readOne(context, { table, key, deadlineAt: now + PATIENCE_IN_MS });
  const drift = item === undefined ? null : listingDrift(item);
  if (item === undefined || drift === null) return true;
  const update = versionedUpdate({
    table,
    key,
    version: new ItemReader(item, 'account item').whole('v'),
    before: { suppressedAt: item['suppressedAt'] },
    after: { suppressedAt: drift === 'unlisted' ? toIso(now) : undefined },
  });
  try {
    await context.client.send(new UpdateItemCommand(update));
    return true;
  } catch (error) {
    if (lostConditions(error).length > 0) return AGAIN;
    throw error;
  }
}
