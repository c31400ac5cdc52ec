import type {
  BatchGetItemInput,
  DynamoDBClient,
  GetItemInput,
  QueryInput,
  TransactGetItemsInput,
  TransactWriteItem,
  TransactWriteItemsInput,
  UpdateItemInput,
} from '@aws-sdk/client-dynamodb';
import { TABLE_DEFINITIONS, type TableId } from '../../test/support/table-definitions.ts';
import { holds, nameOf, updated } from './expressions.ts';
import type { StoredItem } from './item-size.ts';
import {
  indexUnits,
  NOTHING,
  queryUnits,
  readUnits,
  TRANSACTION_FACTOR,
  type Units,
  writeUnits,
} from './meter.ts';

export interface MeteredTables {
  /** Takes the commands of the stores. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  /** By the names of the stack: each table is called as it is there. */
  readonly names: Readonly<Record<TableId, string>>;
  /** Puts items there that cost nothing. */
  plant(table: TableId, items: Iterable<StoredItem>): void;
  /** What all calls cost since the last time. */
  takeUnits(): Units;
}

/** Read by the index `byAccount`. Source: infra/tables.ts, which a test compares to these definitions. */
const [INDEX] = TABLE_DEFINITIONS.addressBounces.GlobalSecondaryIndexes;
const INDEX_KEY = ['account', 'suppressedAt'];
const IN_INDEX = ['addressHash', 'scope', ...INDEX_KEY, ...(INDEX?.Projection?.NonKeyAttributes ?? [])];

/**
 * DynamoDB's tables in memory, with nobody else writing: counts what every call costs, by the rules of
 * DynamoDB's documentation. Knows the expressions that Rebound uses and throws on any other.
 */
export function createMeteredTables(): MeteredTables {
  const tables = new Map<string, Map<string, StoredItem>>();
  let units = NOTHING;
  const spend = (spent: Partial<Units>) => {
    units = {
      calls: units.calls + (spent.calls ?? 0),
      keys: units.keys + (spent.keys ?? 0),
      reads: units.reads + (spent.reads ?? 0),
      writes: units.writes + (spent.writes ?? 0),
    };
  };
  const itemsOf = (table = '') => {
    const items = tables.get(table) ?? new Map<string, StoredItem>();
    tables.set(table, items);
    return items;
  };
  const read = (table: string | undefined, key: StoredItem | undefined, factor = 1) => {
    const item = itemsOf(table).get(keyOf(table, key));
    spend({ keys: 1, reads: readUnits(item) * factor });
    return item;
  };
  const write = ({ table, key, after, factor }: Write) => {
    const items = itemsOf(table);
    const before = items.get(key);
    const entries = [before, after].map((item) =>
      table === 'addressBounces' ? indexEntry(item) : undefined,
    );
    const index = indexUnits(entries[0], entries[1], INDEX_KEY);
    spend({ writes: (writeUnits(before, after) + index) * factor });
    if (after === undefined) items.delete(key);
    else items.set(key, after);
  };

  const operations = {
    GetItem: ({ TableName, Key }: GetItemInput) => ({ Item: read(TableName, Key) }),
    BatchGetItem({ RequestItems = {} }: BatchGetItemInput) {
      const found = Object.entries(RequestItems).map(([table, { Keys = [] }]) => [
        table,
        Keys.map((key) => read(table, key)).filter((item) => item !== undefined),
      ]);
      return { Responses: Object.fromEntries(found) };
    },
    TransactGetItems: ({ TransactItems = [] }: TransactGetItemsInput) => ({
      Responses: TransactItems.map(({ Get }) => ({
        Item: read(Get?.TableName, Get?.Key, TRANSACTION_FACTOR),
      })),
    }),
    UpdateItem(input: UpdateItemInput) {
      const [action] = [actionOf({ Update: input as NonNullable<TransactWriteItem['Update']> })];
      if (!action.holdsFor(itemsOf(action.table).get(action.key))) throw conditionFailed();
      write({ ...action, after: action.apply(itemsOf(action.table).get(action.key)), factor: 1 });
      return {};
    },
    TransactWriteItems({ TransactItems = [] }: TransactWriteItemsInput) {
      const actions = TransactItems.map(actionOf);
      const lost = actions.map(({ table, key, holdsFor }) => !holdsFor(itemsOf(table).get(key)));
      if (lost.includes(true))
        throw transactionCancelled(
          actions.map(({ table, key }) => itemsOf(table).get(key)),
          lost,
        );
      for (const action of actions) {
        const before = itemsOf(action.table).get(action.key);
        write({ ...action, after: action.apply(before), factor: TRANSACTION_FACTOR });
      }
      return {};
    },
    Query(input: QueryInput) {
      const items = queried([...itemsOf(input.TableName).values()], input);
      const page = items.slice(0, input.Limit ?? items.length);
      spend({ reads: queryUnits(page) / (input.ConsistentRead ? 1 : 2) });
      return { Items: page, ...(page.length < items.length && { LastEvaluatedKey: page.at(-1) }) };
    },
  };

  const send = async ({ schema, input }: { schema: readonly string[]; input: object }) => {
    const operation = operations[schema[2] as keyof typeof operations] as (input: object) => object;
    spend({ calls: 1 });
    return structuredClone(operation(input));
  };
  return {
    client: { send } as unknown as Pick<DynamoDBClient, 'send'>,
    names: Object.fromEntries(
      Object.keys(TABLE_DEFINITIONS).map((name) => [name, name]),
    ) as MeteredTables['names'],
    plant(table, items) {
      const stored = itemsOf(table);
      for (const item of items) stored.set(keyOf(table, item), item);
    },
    takeUnits() {
      const taken = units;
      units = NOTHING;
      return taken;
    },
  };
}

interface Write {
  readonly table: string;
  readonly key: string;
  readonly after: StoredItem | undefined;
  readonly factor: number;
}

interface Action {
  readonly table: string;
  readonly key: string;
  readonly holdsFor: (item: StoredItem | undefined) => boolean;
  readonly apply: (item: StoredItem | undefined) => StoredItem | undefined;
}

function actionOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): Action {
  const action = Put ?? Update ?? Delete ?? ConditionCheck;
  const table = action?.TableName ?? '';
  const key = Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {};
  const condition = action?.ConditionExpression;
  return {
    table,
    key: keyOf(table, key),
    holdsFor: (item) => condition === undefined || holds(condition, item, action ?? {}),
    apply(item) {
      if (Put !== undefined) return Put.Item;
      if (Update !== undefined) return updated(Update.UpdateExpression ?? '', { ...key, ...item }, Update);
      return Delete === undefined ? item : undefined;
    },
  };
}

function keyOf(table = '', item: StoredItem = {}): string {
  const { KeySchema = [] } = TABLE_DEFINITIONS[table as TableId];
  return JSON.stringify(KeySchema.map(({ AttributeName = '' }) => item[AttributeName]?.S));
}

/** What the index holds of an item; nothing of one without the index's key. */
function indexEntry(item: StoredItem | undefined): StoredItem | undefined {
  if (item === undefined || INDEX_KEY.some((name) => item[name] === undefined)) return undefined;
  return Object.fromEntries(Object.entries(item).filter(([name]) => IN_INDEX.includes(name)));
}

function queried(items: readonly StoredItem[], input: QueryInput): StoredItem[] {
  const [, partition = '', value = '', sort, prefix = ''] =
    /^(#\w+) = (:\w+)(?: AND begins_with\((#\w+), (:\w+)\))?$/.exec(input.KeyConditionExpression ?? '') ?? [];
  const values = input.ExpressionAttributeValues ?? {};
  const rows =
    input.IndexName === undefined ? items : items.map(indexEntry).filter((item) => item !== undefined);
  const sortName = sort === undefined ? 'suppressedAt' : nameOf(sort, input);
  const textOf = (item: StoredItem) => item[sortName]?.S ?? '';
  const found = rows.filter(
    (item) =>
      item[nameOf(partition, input)]?.S === values[value]?.S &&
      textOf(item).startsWith(values[prefix]?.S ?? ''),
  );
  const sorted = found.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
  return input.ScanIndexForward === false ? sorted.toReversed() : sorted;
}

function conditionFailed(): Error {
  return Object.assign(new Error('The condition does not hold.'), {
    name: 'ConditionalCheckFailedException',
  });
}

function transactionCancelled(items: readonly (StoredItem | undefined)[], lost: readonly boolean[]): Error {
  const CancellationReasons = items.map((Item, index) =>
    lost[index] ? { Code: 'ConditionalCheckFailed', Item } : { Code: 'None' },
  );
  return Object.assign(new Error('Cancelled.'), {
    name: 'TransactionCanceledException',
    CancellationReasons,
  });
}
