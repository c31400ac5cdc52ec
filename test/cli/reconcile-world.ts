import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { emptyTally } from '../../cli/reconcile/reconciliation.ts';
import { type Report, reconcile } from '../../cli/reconcile/report.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { type Instant, monthOf, toIso } from '../../lib/policy/time.ts';
import type { Item } from '../../lib/store/items/item.ts';
import { recordScope } from '../../lib/store/items/record-item.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { aBounce, daysAfter, hoursAfter, NOW, POLICY } from '../policy/builders.ts';
import { dynamoStores } from '../store/dynamo-under-test.ts';
import { aGrant, aKey, bounced, register, type Stores, soon, update } from '../store/scene.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';

export const ACCOUNT = 'acme';
export const MONTH = monthOf(NOW);
export const UNBOUNCED_AT = hoursAfter(-1);
export const HARD = hardAt(NOW);
export const AGAIN = againAt(NOW);

function hardAt(now: Instant): readonly Bounce[] {
  return [aBounce({ sentAt: hoursAfter(-2, now) })];
}

function againAt(now: Instant): readonly Bounce[] {
  return [aBounce({ sentAt: now - 60_000, feedbackId: 'again' })];
}

function strikesAt(now: Instant): readonly Bounce[] {
  const soft = { key: 'mailbox_full', permanence: 'transient' } as const;
  return [-20, -10, -1].map((day) => aBounce({ ...soft, sentAt: daysAfter(day, now) }));
}

type TableId = 'addressBounces' | 'unbounceQuotas';

/** Tables of their own in which the stores wrote everything, and what is done behind their backs. */
export interface World {
  readonly dynamo: DynamoLocal;
  readonly store: Stores;
  /** Suppressed by a hard bounce, for another account as well. */
  readonly hard: AddressKey;
  readonly strikes: AddressKey;
  readonly soft: AddressKey;
  readonly unbounced: AddressKey;
  /** Unbounced, and suppressed again. */
  readonly relapsed: AddressKey;
}

export async function createWorld(now: Instant = NOW): Promise<World> {
  const dynamo = await openDynamoLocal();
  const store = dynamoStores(dynamo.context);
  await register(store, ACCOUNT);
  const record = async (bounces: readonly Bounce[], key = aKey(ACCOUNT)) => {
    await update(store, key, bounced(bounces, { now }));
    return key;
  };
  const throttled = aBounce({ key: 'throttled', permanence: 'transient', sentAt: hoursAfter(-2, now) });
  const world = {
    dynamo,
    store,
    hard: await record(hardAt(now)),
    strikes: await record(strikesAt(now)),
    soft: await record([throttled]),
    unbounced: await record(hardAt(now)),
    relapsed: await record(hardAt(now)),
  };
  await record(hardAt(now), { ...world.hard, account: 'shop' });
  await unbounce(store, world.unbounced, hoursAfter(-1, now));
  await unbounce(store, world.relapsed, hoursAfter(-1, now));
  await record(againAt(now), world.relapsed);
  return world;
}

export async function unbounce(
  store: Stores,
  key: AddressKey,
  at = UNBOUNCED_AT,
  receivedAt = at,
): Promise<void> {
  const granted = await aGrant(store, key, at, receivedAt);
  const { outcome } = await store.grantUnbounce({ key, granted, deadlineAt: soon() });
  if (outcome !== 'saved') throw new Error(`The unbounce was not granted: ${outcome}.`);
}

/** A run at the time of the world. */
export async function reconcileWorld(
  { dynamo }: World,
  options: {
    readonly account?: string;
    readonly fix?: boolean;
    readonly samples?: number;
    readonly now?: Instant;
  } = {},
): Promise<Report> {
  const { account = null, fix = false, samples = 10, now = NOW } = options;
  const context = { ...dynamo.context, clock: () => now };
  return await reconcile({ context, policy: POLICY }, { account, fix, samples }, emptyTally());
}

/** Changes attributes without asking anybody; undefined removes one. */
export async function tamper(
  { dynamo }: World,
  { table, key }: { readonly table: TableId; readonly key: Item },
  attributes: Item,
): Promise<void> {
  const names = Object.keys(attributes);
  const sets = names.filter((name) => attributes[name] !== undefined);
  const removes = names.filter((name) => attributes[name] === undefined);
  const expression = (verb: string, of: readonly string[], text: (name: string) => string) =>
    of.length === 0 ? '' : `${verb} ${of.map(text).join(', ')} `;
  const place = (name: string) => names.indexOf(name);
  await dynamo.context.client.send(
    new UpdateItemCommand({
      TableName: dynamo.tables[table],
      Key: marshall(key),
      UpdateExpression:
        expression('SET', sets, (name) => `#${place(name)} = :${place(name)}`) +
        expression('REMOVE', removes, (name) => `#${place(name)}`),
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
      ...(sets.length > 0 && {
        ExpressionAttributeValues: marshall(
          Object.fromEntries(sets.map((name) => [`:${place(name)}`, attributes[name]])),
        ),
      }),
    }),
  );
}

export async function remove(
  { dynamo }: World,
  { table, key }: { readonly table: TableId; readonly key: Item },
): Promise<void> {
  const command = new DeleteItemCommand({ TableName: dynamo.tables[table], Key: marshall(key) });
  await dynamo.context.client.send(command);
}

export const recordOf = ({ addressHash, account }: AddressKey) =>
  ({ table: 'addressBounces', key: { addressHash, scope: recordScope(account) } }) as const;

export const statusOf = ({ addressHash }: AddressKey) =>
  ({ table: 'addressBounces', key: { addressHash, scope: 'status' } }) as const;

export const COUNTER = { table: 'unbounceQuotas', key: { account: ACCOUNT, entry: MONTH } } as const;

export const ledgerRowOf = ({ addressHash, account }: AddressKey) =>
  ({
    table: 'unbounceQuotas',
    key: { account, entry: `${MONTH}#${toIso(UNBOUNCED_AT)}#${addressHash}` },
  }) as const;
