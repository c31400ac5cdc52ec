import type { Update } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toIso } from '../policy/time.ts';
import { recordChange, statusChange } from './address-change.ts';
import type { CorrectionWrite } from './correction-port.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { correctedKey, writeLifted } from './items/correction-item.ts';
import type { Item } from './items/item.ts';
import { recordScope } from './items/record-item.ts';
import { transact } from './transact.ts';
import { versionCheck, versionedUpdate } from './update-expression.ts';
import { versionedWrite } from './versioned-write.ts';

/** A transaction has at most 100 actions; so many accounts report no address, since the third of them in a window ends that. */
const MOST_CHECKS = 90;

/** Writes status, account's item and ledger row in one transaction, under the versions read. */
export async function saveCorrection(
  context: DynamoContext,
  { account, addressHash, id, by, correctedAt, decided, deadlineAt }: CorrectionWrite,
): Promise<'saved' | 'lost'> {
  const { status, record, lifted, weighed } = decided;
  const place = { table: context.tables.addressBounces, addressHash };
  const statusPart = { ...place, before: { status: status.before }, after: { status: status.after } };
  const recordPart = {
    ...place,
    account,
    before: { record: record.before },
    after: { record: record.after },
  };
  const row = { addressHash, by, correctedAt: toIso(correctedAt), ...writeLifted(lifted) };
  const items = [
    await versionedWrite(context, statusChange(statusPart), deadlineAt),
    { Update: versionedUpdate(recordChange(recordPart)) },
    ...weighed.slice(0, MOST_CHECKS).map((other) => ({
      ConditionCheck: versionCheck({
        table: place.table,
        key: { addressHash, scope: recordScope(other.account) },
        version: other.version,
      }),
    })),
    { Update: setting(context.tables.unbounceQuotas, correctedKey({ account, id }, addressHash), row) },
  ];
  return await transact(context, { items, deadlineAt });
}

/** The update that sets these attributes and leaves others; `keeping` leaves those too that are there. */
export function setting(table: string, key: Item, attributes: Item, keeping = false) {
  const names = Object.keys(attributes).filter((name) => attributes[name] !== undefined);
  const values = names.map((name, place) => [`:${place}`, attributes[name]]);
  const sets = names.map((_, place) =>
    keeping ? `#${place} = if_not_exists(#${place}, :${place})` : `#${place} = :${place}`,
  );
  return {
    TableName: table,
    Key: marshall(key),
    UpdateExpression: `SET ${sets.join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name, place) => [`#${place}`, name])),
    ExpressionAttributeValues: marshall(Object.fromEntries(values), { removeUndefinedValues: true }),
  } satisfies Update;
}
