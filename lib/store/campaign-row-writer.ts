import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ClassCounts, countChange, sumOf } from '../policy/campaign-counts.ts';
import { type CampaignRow, compareRows } from '../policy/campaign-row.ts';
import type { Instant } from '../policy/time.ts';
import { allOf } from '../work-pool.ts';
import type { RowsWrite } from './campaign-port.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { lostConditions } from './faults.ts';
import {
  countKey,
  expiryOf,
  readRowItem,
  type StoredRow,
  shardOf,
  writeRowItem,
} from './items/campaign-item.ts';
import type { Item } from './items/item.ts';
import { AGAIN, retryUntil } from './retry.ts';

/** Rows of one transaction, which takes 100 actions and 4 MB; the more there are, the likelier is a conflict. */
const ROWS_PER_TRANSACTION = 50;

interface WriterContext extends DynamoContext {
  readonly retentionInDays: number;
}

/** A row to be written, and what stands in its place as far as is known. */
interface RowChange {
  readonly row: CampaignRow;
  readonly before: StoredRow | null;
}

/**
 * Writes rows with their counts. A shard's rows go one transaction after the other, since all of them change the
 * same counts; shards are written at the same time.
 */
export async function writeRows(context: WriterContext, { rows, ...time }: RowsWrite): Promise<void> {
  const shards = Map.groupBy(greatestOf(rows), shardNameOf);
  await allOf(
    [...shards.values()].map(async (shard) => {
      for (let start = 0; start < shard.length; start += ROWS_PER_TRANSACTION) {
        await writeTogether(context, { ...time, rows: shard.slice(start, start + ROWS_PER_TRANSACTION) });
      }
    }),
  );
}

/** One row for each recipient and outcome: a transaction names an item once. */
function greatestOf(rows: readonly CampaignRow[]): readonly CampaignRow[] {
  const greatest = new Map<string, CampaignRow>();
  for (const row of rows) {
    const name = `${shardNameOf(row)}#${row.outcome}#${row.addressHash}`;
    const known = greatest.get(name);
    if (known === undefined || compareRows(row, known) > 0) {
      greatest.set(name, row);
    }
  }
  return [...greatest.values()];
}

function shardNameOf({ account, campaign, addressHash }: CampaignRow): string {
  return `${account}#${campaign}#${shardOf(addressHash)}`;
}

/**
 * Writes rows of one shard as if none of them were there. What turns out to stand there comes back with the
 * refusal: rows that tell nothing newer are dropped, the others take its place. That holds for a transaction whose
 * answer was lost as well: its rows are found, equal, and are not counted twice.
 */
async function writeTogether(context: WriterContext, { rows, now, deadlineAt }: RowsWrite): Promise<void> {
  let changes: readonly RowChange[] = rows.map((row) => ({ row, before: null }));
  await retryUntil(
    deadlineAt,
    async (options) => {
      if (changes.length === 0) {
        return true;
      }
      try {
        const TransactItems = transactionOf(context, changes, now);
        await context.client.send(new TransactWriteItemsCommand({ TransactItems }), options);
        return true;
      } catch (error) {
        const lost = new Map(lostConditions(error).map(({ index, reason }) => [index, reason.Item]));
        if (lost.size === 0) {
          throw error;
        }
        changes = changes.flatMap((change, index) => {
          if (!lost.has(index)) {
            return [change];
          }
          const found = lost.get(index);
          const before = found === undefined ? null : readRowItem(unmarshall(found));
          return before === null || compareRows(change.row, before.row) > 0 ? [{ ...change, before }] : [];
        });
        return AGAIN;
      }
    },
    context,
  );
}

function transactionOf(
  { tables, retentionInDays }: WriterContext,
  changes: readonly RowChange[],
  now: Instant,
): TransactWriteItem[] {
  const table = tables.campaignRecipients;
  const expiresAt = expiryOf(now, retentionInDays);
  const counts = sumOf(changes.map((change) => countChange(countedBefore(change, now), change.row)));
  return [
    ...changes.map((change) => putRow(table, change, expiresAt)),
    ...changes.slice(0, 1).map(({ row }) => addCounts(table, { row, counts, expiresAt })),
  ];
}

/** A row that has expired may be gone at any moment, and is counted as if it were. */
function countedBefore({ before }: RowChange, now: Instant): CampaignRow | null {
  return before !== null && before.expiresAt > now ? before.row : null;
}

function putRow(table: string, { row, before }: RowChange, expiresAt: number): TransactWriteItem {
  const version = before?.version ?? 0;
  const item: Item = { ...writeRowItem(row), v: version + 1, expiresAt };
  return {
    Put: {
      TableName: table,
      Item: marshall(item, { removeUndefinedValues: true }),
      ConditionExpression: before === null ? 'attribute_not_exists(#v)' : '#v = :version',
      ExpressionAttributeNames: { '#v': 'v' },
      ...(before === null ? {} : { ExpressionAttributeValues: marshall({ ':version': version }) }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

interface CountsChange {
  readonly row: CampaignRow;
  readonly counts: ClassCounts;
  readonly expiresAt: number;
}

/** Adds to the counts of the shard to which the row belongs. They live as long as the newest of their rows. */
function addCounts(table: string, { row, counts, expiresAt }: CountsChange): TransactWriteItem {
  const changes = [...counts];
  const adds = changes.map((_, place) => `#${place} :${place}`).join(', ');
  return {
    Update: {
      TableName: table,
      Key: marshall(countKey(row, shardOf(row.addressHash))),
      UpdateExpression: `SET #expiresAt = :expiresAt${adds === '' ? '' : ` ADD ${adds}`}`,
      ExpressionAttributeNames: {
        '#expiresAt': 'expiresAt',
        ...Object.fromEntries(changes.map(([rowClass], place) => [`#${place}`, rowClass])),
      },
      ExpressionAttributeValues: marshall({
        ':expiresAt': expiresAt,
        ...Object.fromEntries(changes.map(([, count], place) => [`:${place}`, count])),
      }),
    },
  };
}
