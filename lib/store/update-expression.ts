import type { ConditionCheck, Update } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from './items/item.ts';

export interface VersionedItem {
  readonly table: string;
  readonly key: Item;
  /** As read; 0 when there was no item. */
  readonly version: number;
}

export interface VersionedChange extends VersionedItem {
  readonly before: Item;
  readonly after: Item;
  /** Attributes that the item must not have. */
  readonly absent?: readonly string[];
}

/**
 * The update that takes an item from one state to the next, on the condition that its version is still
 * the one read. Writes only what changed, so that attributes of a later version of the code survive.
 */
export function versionedUpdate({
  table,
  key,
  version,
  before,
  after,
  absent = [],
}: VersionedChange): Update {
  const names: Record<string, string> = { '#v': 'v' };
  const values: Record<string, unknown> = { ':next': version + 1 };
  const sets = ['#v = :next'];
  const removes: string[] = [];
  for (const name of changedNames({ before, after })) {
    const place = Object.keys(names).length;
    names[`#${place}`] = name;
    if (after[name] === undefined) {
      removes.push(`#${place}`);
    } else {
      sets.push(`#${place} = :${place}`);
      values[`:${place}`] = after[name];
    }
  }
  const conditions = [isAsRead(version, values)];
  absent.forEach((name, index) => {
    names[`#absent${index}`] = name;
    conditions.push(`attribute_not_exists(#absent${index})`);
  });
  return {
    TableName: table,
    Key: marshall(key),
    UpdateExpression: `SET ${sets.join(', ')}${removes.length === 0 ? '' : ` REMOVE ${removes.join(', ')}`}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** The attributes in which the two states differ. */
export function changedNames({
  before,
  after,
}: Pick<VersionedChange, 'before' | 'after'>): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** The check that an item's version is still the one read. */
export function versionCheck({ table, key, version }: VersionedItem): ConditionCheck {
  const values: Record<string, unknown> = {};
  return {
    TableName: table,
    Key: marshall(key),
    ConditionExpression: isAsRead(version, values),
    ExpressionAttributeNames: { '#v': 'v' },
    ...(version === 0 ? {} : { ExpressionAttributeValues: marshall(values) }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

function isAsRead(version: number, values: Record<string, unknown>): string {
  if (version === 0) {
    return 'attribute_not_exists(#v)';
  }
  values[':version'] = version;
  return '#v = :version';
}
