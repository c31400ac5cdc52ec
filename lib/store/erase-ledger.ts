import { type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import type { Item } from './items/item.ts';
import { ledgerKey } from './items/quota-item.ts';
import type { LedgerErasure } from './operator-port.ts';
import { retryUntil } from './retry.ts';

/** Takes what callers wrote off the ledger: notes of unbounces, reasons of releases. The rows stay. */
export async function eraseLedger(
  context: DynamoContext,
  { addressHash, unbounces, releases, deadlineAt }: LedgerErasure & { readonly releases: readonly Item[] },
): Promise<void> {
  const table = context.tables.unbounceQuotas;
  const rows = unbounces.map(({ account, unbounce }) => {
    const key = ledgerKey({ account, addressHash, unbounce });
    const { evidence, idempotencyKey } = unbounce;
    return rowUpdate(table, key, {
      UpdateExpression: 'SET #evidence = :evidence, #key = :key',
      ExpressionAttributeNames: { '#evidence': 'evidence', '#key': 'idempotencyKey' },
      ExpressionAttributeValues: marshall({ ':evidence': evidence, ':key': idempotencyKey }),
    });
  });
  const reasons = releases.map(({ account, entry }) =>
    rowUpdate(
      table,
      { account, entry },
      {
        UpdateExpression: 'REMOVE #reason',
        ExpressionAttributeNames: { '#reason': 'reason' },
      },
    ),
  );
  for (const update of [...rows, ...reasons]) {
    await retryUntil(deadlineAt, (options) => updateRow(context, update, options), context);
  }
}

type RowChange = Pick<Update, 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** Changes a row that is there: an update alone would create one. */
function rowUpdate(table: string, key: Item, change: RowChange) {
  return new UpdateItemCommand({
    TableName: table,
    Key: marshall(key),
    ...change,
    UpdateExpression: change.UpdateExpression,
    ExpressionAttributeNames: { ...change.ExpressionAttributeNames, '#account': 'account' },
    ConditionExpression: 'attribute_exists(#account)',
  });
}

async function updateRow(
  { client }: DynamoContext,
  command: UpdateItemCommand,
  options: Parameters<Parameters<typeof retryUntil<true>>[1]>[0],
): Promise<true> {
  try {
    await client.send(command, options);
  } catch (error) {
    if (lostConditions(error).length === 0) {
      throw error;
    }
  }
  return true;
}
