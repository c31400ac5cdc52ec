import { QueryCommand, type QueryCommandInput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Instant, toIso } from '../policy/time.ts';
import type { CorrectionKey, CorrectionStore, CorrectionsQuery } from './correction-port.ts';
import type { DynamoContext } from './dynamo-context.ts';
import {
  CORRECTIONS,
  correctedPrefix,
  correctionKey,
  correctionPartition,
  readCorrectionItem,
  writeCorrectionItem,
} from './items/correction-item.ts';
import { queryPage } from './query.ts';
import { retryUntil } from './retry.ts';
import { saveCorrection, setting } from './save-correction.ts';

/** Corrections in DynamoDB (tables AddressBounces and UnbounceQuotas). */
export function createDynamoCorrectionStore(context: DynamoContext): CorrectionStore {
  const table = context.tables.unbounceQuotas;
  const send = async (command: UpdateItemCommand, deadlineAt: Instant) => {
    await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
  };
  return {
    async beginCorrection(begun, deadlineAt) {
      const item = writeCorrectionItem(begun);
      await send(new UpdateItemCommand(setting(table, correctionKey(begun), item, true)), deadlineAt);
    },
    saveCorrection: (write) => saveCorrection(context, write),
    async finishCorrection({ finishedAt, ...key }, deadlineAt) {
      const corrected = await countCorrected(context, key, deadlineAt);
      if (corrected > 0) {
        const item = { finishedAt: toIso(finishedAt), corrected };
        await send(new UpdateItemCommand(setting(table, correctionKey(key), item)), deadlineAt);
      }
      return corrected;
    },
    listCorrections: (query) => listCorrections(context, query),
  };
}

async function listCorrections(
  context: DynamoContext,
  { account, limit, after, deadlineAt }: CorrectionsQuery,
) {
  const query: QueryCommandInput = {
    ...entriesOf(context, account, CORRECTIONS),
    ScanIndexForward: false,
    Limit: limit,
    ...(after && { ExclusiveStartKey: marshall(correctionKey({ account, id: after.id })) }),
  };
  const page = await queryPage(context, query, deadlineAt);
  const items = page.items.map(readCorrectionItem);
  const last = items.at(-1);
  return { items, next: page.next === undefined || last === undefined ? null : { id: last.id } };
}

async function countCorrected(
  context: DynamoContext,
  { account, id }: CorrectionKey,
  deadlineAt: Instant,
): Promise<number> {
  const query = { ...entriesOf(context, account, correctedPrefix(id)), Select: 'COUNT' as const };
  let count = 0;
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const command = new QueryCommand({ ...query, ConsistentRead: true, ExclusiveStartKey: start });
    const answer = await retryUntil(deadlineAt, (options) => context.client.send(command, options), context);
    count += answer.Count ?? 0;
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return count;
}

function entriesOf({ tables }: DynamoContext, account: string, prefix: string): QueryCommandInput {
  return {
    TableName: tables.unbounceQuotas,
    KeyConditionExpression: '#account = :account AND begins_with(#entry, :prefix)',
    ExpressionAttributeNames: { '#account': 'account', '#entry': 'entry' },
    ExpressionAttributeValues: marshall({ ':account': correctionPartition(account), ':prefix': prefix }),
  };
}
