import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoContext } from './dynamo-context.ts';
import { ledgerKey, ledgerPrefix, readLedgerItem } from './items/quota-item.ts';
import {
  type GrantedRow,
  type LedgerPosition,
  type LedgerQuery,
  type LedgerStore,
  ledgerPosition,
} from './ledger-port.ts';
import type { Page } from './port.ts';
import { retryUntil } from './retry.ts';

/** The ledger in DynamoDB (table UnbounceQuotas). */
export function createDynamoLedgerStore(context: DynamoContext): LedgerStore {
  return { listUnbounces: (query) => listUnbounces(context, query) };
}

async function listUnbounces(
  context: DynamoContext,
  { account, month, limit, after, deadlineAt }: LedgerQuery,
): Promise<Page<GrantedRow, LedgerPosition>> {
  const command = new QueryCommand({
    TableName: context.tables.unbounceQuotas,
    KeyConditionExpression: '#account = :account AND begins_with(#entry, :month)',
    ExpressionAttributeNames: { '#account': 'account', '#entry': 'entry' },
    ExpressionAttributeValues: marshall({ ':account': account, ':month': ledgerPrefix(month) }),
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: limit,
    ...(after === null ? {} : { ExclusiveStartKey: marshall(startKey(account, after)) }),
  });
  const answer = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  const items = (answer.Items ?? []).map((item) => {
    const { addressHash, unbounce } = readLedgerItem(unmarshall(item));
    return { addressHash, unbounce };
  });
  const last = items.at(-1);
  const isLastPage = answer.LastEvaluatedKey === undefined || last === undefined;
  return { items, next: isLastPage ? null : ledgerPosition(last) };
}

function startKey(account: string, { month, unbouncedAt, addressHash }: LedgerPosition) {
  return ledgerKey({ account, addressHash, unbounce: { month, unbouncedAt: Date.parse(unbouncedAt) } });
}
