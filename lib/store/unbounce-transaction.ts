import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { UnbounceGuard } from '../policy/unbounce.ts';
import { recordChange, statusChange } from './address-change.ts';
import type { TableNames } from './dynamo-context.ts';
import { settingsKey } from './items/account-item.ts';
import type { Item } from './items/item.ts';
import { counterKey, ledgerKey, writeLedgerItem } from './items/quota-item.ts';
import type { UnbounceWrite } from './port.ts';
import { versionCheck, versionedUpdate } from './update-expression.ts';

/** One action of the transaction, and the guards that its condition holds. */
export interface GuardedAction {
  readonly action: TransactWriteItem;
  readonly guards: readonly UnbounceGuard[];
}

/**
 * The five actions of an unbounce, each under exactly the guards that the decision relied on:
 * counter, ledger row, account's item, status item, and a check of the account's settings.
 */
export function unbounceTransaction(write: UnbounceWrite, tables: TableNames): readonly GuardedAction[] {
  return [
    countOne(write, tables),
    writeLedgerRow(write, tables),
    ...changeAddress(write, tables),
    checkAccount(write, tables),
  ];
}

function countOne({ key, granted }: UnbounceWrite, tables: TableNames): GuardedAction {
  const guard = guardOf(granted.guards, 'quota_left');
  return {
    guards: [guard],
    action: {
      Update: {
        TableName: tables.unbounceQuotas,
        Key: marshall(counterKey(key.account, guard.month)),
        UpdateExpression: 'ADD #used :one',
        ConditionExpression: 'attribute_not_exists(#used) OR #used < :limit',
        ExpressionAttributeNames: { '#used': 'used' },
        ExpressionAttributeValues: marshall({ ':one': 1, ':limit': guard.limit }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  };
}

function writeLedgerRow({ key, granted }: UnbounceWrite, tables: TableNames): GuardedAction {
  const { unbounce, guards } = granted;
  const row: Item = {
    ...ledgerKey({ ...key, unbounce }),
    ...writeLedgerItem(key.addressHash, unbounce),
  };
  return {
    guards: [guardOf(guards, 'ledger_row_absent')],
    action: {
      Put: {
        TableName: tables.unbounceQuotas,
        Item: marshall(row),
        ConditionExpression: 'attribute_not_exists(#account)',
        ExpressionAttributeNames: { '#account': 'account' },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  };
}

function changeAddress({ key, granted }: UnbounceWrite, tables: TableNames): GuardedAction[] {
  const { record, status, guards } = granted;
  const change = {
    ...key,
    table: tables.addressBounces,
    before: { record: record.before, status: status.before },
    after: { record: record.after, status: status.after },
  };
  const recordAsRead = guardOf(guards, 'record_as_read');
  const statusAsRead = guardOf(guards, 'status_as_read');
  return [
    {
      guards: [recordAsRead, guardOf(guards, 'never_unbounced')],
      action: {
        Update: versionedUpdate({
          ...recordChange(change),
          version: recordAsRead.version,
          absent: ['unbounce'],
        }),
      },
    },
    {
      guards: [statusAsRead, guardOf(guards, 'not_global')],
      action: {
        Update: versionedUpdate({
          ...statusChange(change),
          version: statusAsRead.version,
          absent: ['global'],
        }),
      },
    },
  ];
}

function checkAccount({ key, granted }: UnbounceWrite, tables: TableNames): GuardedAction {
  const guard = guardOf(granted.guards, 'account_as_read');
  return {
    guards: [guard],
    action: {
      ConditionCheck: versionCheck({
        table: tables.accounts,
        key: settingsKey(key.account),
        version: guard.version,
      }),
    },
  };
}

function guardOf<K extends UnbounceGuard['guard']>(
  guards: readonly UnbounceGuard[],
  name: K,
): Extract<UnbounceGuard, { guard: K }> {
  const found = guards.find((guard): guard is Extract<UnbounceGuard, { guard: K }> => guard.guard === name);
  if (found === undefined) {
    throw new Error(`The decision names no guard ${name}, which the transaction needs.`);
  }
  return found;
}
