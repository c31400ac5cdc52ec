import { type CancellationReason, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { UnbounceGuard } from '../policy/unbounce.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { isPassing, lostConditions } from './faults.ts';
import { counterKey, readUsed } from './items/quota-item.ts';
import type { UnbounceOutcome, UnbounceStore, UnbounceWrite } from './port.ts';
import { readOne } from './read-one.ts';
import { AGAIN, retryUntil } from './retry.ts';
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

async function grantUnbounce(context: DynamoContext, write: UnbounceWrite): Promise<UnbounceOutcome> {
  const actions = unbounceTransaction(write, context.tables);
  const TransactItems = actions.map(({ action }) => action);
  return await retryUntil<UnbounceOutcome>(
    write.deadlineAt,
    async () => {
      try {
        await context.client.send(new TransactWriteItemsCommand({ TransactItems }));
        return { outcome: 'saved' };
      } catch (error) {
        const lost = lostConditions(error).flatMap(({ index, reason }) => lostGuards(actions[index], reason));
        if (lost.length > 0) {
          return { outcome: 'lost', lost };
        }
        if (isPassing(error)) {
          return AGAIN;
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
  { Item }: CancellationReason,
): UnbounceGuard['guard'][] {
  return (action?.guards ?? []).filter((guard) => {
    switch (guard) {
      case 'never_unbounced':
        return Item?.['unbounce'] !== undefined;
      case 'not_global':
        return Item?.['global'] !== undefined;
      default:
        return true;
    }
  });
}
