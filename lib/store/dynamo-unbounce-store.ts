import { randomUUID } from 'node:crypto';
import { type CancellationReason, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { UnbounceGuard } from '../policy/unbounce.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import { counterKey, readUsed } from './items/quota-item.ts';
import type { UnbounceOutcome, UnbounceStore, UnbounceWrite } from './port.ts';
import { readOne } from './read-one.ts';
import { retryUntil } from './retry.ts';
import { type GuardedAction, unbounceTransaction } from './unbounce-transaction.ts';

/** Quotas and unbounces in DynamoDB (table UnbounceQuotas, with the address and account items they touch). */
export function createDynamoUnbounceStore(context: DynamoContext): UnbounceStore {
  return {
    async readUsed({ account, month, deadlineAt }) {
      const table = context.tables.unbounceQuotas;
      return readUsed(await readOne(context, { table, key: counterKey(account, month), deadlineAt }));
    },
    grantUnbounce: (write) => grantUnbounce(context, write),
  };
}

/** The token lets a try whose answer was lost be asked again: what is written already is answered as saved. */
async function grantUnbounce(context: DynamoContext, write: UnbounceWrite): Promise<UnbounceOutcome> {
  const actions = unbounceTransaction(write, context.tables);
  const command = new TransactWriteItemsCommand({
    TransactItems: actions.map(({ action }) => action),
    ClientRequestToken: randomUUID(),
  });
  return await retryUntil<UnbounceOutcome>(
    write.deadlineAt,
    async (options) => {
      try {
        await context.client.send(command, options);
        return { outcome: 'saved' };
      } catch (error) {
        const lost = lostConditions(error).flatMap(({ index, reason }) => lostGuards(actions[index], reason));
        if (lost.length > 0) {
          return { outcome: 'lost', lost };
        }
        throw error;
      }
    },
    context,
  );
}

/** Which guards of an action fell, told by the item that was found instead. */
function lostGuards(
  action: GuardedAction | undefined,
  { Item: item }: CancellationReason,
): UnbounceGuard['guard'][] {
  const isLost = (guard: UnbounceGuard) => {
    switch (guard.guard) {
      case 'record_as_read':
      case 'status_as_read':
        return Number(item?.['v']?.N ?? 0) !== guard.version;
      case 'never_unbounced':
        return item?.['unbounce'] !== undefined;
      case 'not_global':
        return item?.['global'] !== undefined;
      default:
        return true;
    }
  };
  return (action?.guards ?? []).filter(isLost).map(({ guard }) => guard);
}
