import { marshall } from '@aws-sdk/util-dynamodb';
import { recordChange, statusChange } from './address-change.ts';
import type { DynamoContext } from './dynamo-context.ts';
import type { Item } from './items/item.ts';
import { releaseKey, writeReleaseItem } from './items/release-item.ts';
import type { ReleaseWrite } from './operator-port.ts';
import { transact } from './transact.ts';
import { versionedUpdate } from './update-expression.ts';
import { versionedWrite } from './versioned-write.ts';

/** Writes status, ledger row and the named account's item in one transaction, under the versions read. */
export async function saveRelease(
  context: DynamoContext,
  { addressHash, decided, deadlineAt }: ReleaseWrite,
): Promise<'saved' | 'lost'> {
  const { release, status, record } = decided;
  const table = context.tables.addressBounces;
  const change = { table, addressHash, before: { status: status.before }, after: { status: status.after } };
  const row: Item = {
    ...releaseKey(addressHash, release.releasedAt),
    ...writeReleaseItem(addressHash, release),
  };
  const items = [
    await versionedWrite(context, statusChange(change), deadlineAt),
    ...(record === null ? [] : [{ Update: versionedUpdate(changeOf({ table, addressHash, record })) }]),
    {
      Put: {
        TableName: context.tables.unbounceQuotas,
        Item: marshall(row, { removeUndefinedValues: true }),
      },
    },
  ];
  return await transact(context, { items, deadlineAt });
}

function changeOf({
  record: { before, after },
  ...place
}: {
  readonly table: string;
  readonly addressHash: string;
  readonly record: NonNullable<ReleaseWrite['decided']['record']>;
}) {
  return recordChange({
    ...place,
    account: after.account,
    before: { record: before },
    after: { record: after },
  });
}
