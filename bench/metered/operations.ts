import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { monthOf } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { apiEvent } from '../../test/http/events.ts';
import { recipientsOf, recordEvent } from '../measured/events.ts';
import type { StoredItem } from './item-size.ts';
import type { Units } from './meter.ts';
import { createMeteredTables, type MeteredTables } from './metered-tables.ts';
import { createRooms, NOW, type Rooms } from './rooms.ts';

export const ACCOUNT = 'default';
const CAMPAIGN = 'spring';
const DEADLINE = { getRemainingTimeInMillis: () => 29_000 };

/** Some stored bounces, and the functions over them. */
export interface Deployment {
  readonly rooms: Rooms;
  readonly tables: MeteredTables;
  /** Addresses that have bounced, all of campaign `spring`. */
  readonly bounced: readonly string[];
}

/** An account with a verified identity and so many suppressed addresses. */
export async function deploy(stored: number): Promise<Deployment> {
  const tables = createMeteredTables();
  const rooms = createRooms(tables);
  const deadlineAt = NOW + 29_000;
  const before = await rooms.accounts.readAccount(ACCOUNT, deadlineAt);
  if (before === null) throw new Error('The default account is not registered.');
  await rooms.accounts.saveAccount(
    {
      before,
      contacts: 100_000,
      sendingIdentities: [{ name: 'example.com', verification: 'verified', checkedAt: NOW }],
    },
    deadlineAt,
  );
  const bounced = recipientsOf(stored, 'bounced').map((address) => address.toLowerCase());
  for (let at = 0; at < bounced.length; at += 100) await record(rooms, bounced.slice(at, at + 100));
  tables.takeUnits();
  return { rooms, tables, bounced };
}

/** So many further bounces: both items of one that is stored, under the keys of other addresses. */
export async function storeMore({ tables, bounced }: Deployment, count: number): Promise<void> {
  const hash = addressHash(bounced[0] ?? '');
  const scopes = ['status', `account#${ACCOUNT}`];
  const RequestItems = {
    addressBounces: { Keys: scopes.map((scope) => ({ addressHash: { S: hash }, scope: { S: scope } })) },
  };
  const { Responses } = await tables.client.send(new BatchGetItemCommand({ RequestItems }));
  for (const item of Responses?.['addressBounces'] ?? []) {
    tables.plant('addressBounces', copiesOf(item, count));
  }
  tables.takeUnits();
}

function* copiesOf(item: StoredItem, count: number): Generator<StoredItem> {
  for (let copy = 0; copy < count; copy++) {
    yield { ...item, addressHash: { S: addressHash(`planted${copy}@example.net`) } };
  }
}

/** One filter call of new addresses and of so many that have bounced. */
export async function countFilter(
  { rooms, tables, bounced }: Deployment,
  call: { readonly unknown: number; readonly suppressed: number; readonly campaign?: string },
): Promise<Units> {
  const recipients = [
    ...recipientsOf(call.unknown, 'unknown'),
    ...bounced.slice(bounced.length - call.suppressed),
  ];
  const { notSent } = await answerOf(
    rooms.filter(
      apiEvent({
        routeKey: 'POST /v1/accounts/{account}/recipients/filter',
        pathParameters: { account: ACCOUNT },
        body: JSON.stringify({ recipients, campaign: call.campaign }),
      }),
      DEADLINE,
    ),
  );
  if ((notSent as unknown[]).length !== call.suppressed)
    throw new Error('The filter held others than those.');
  return tables.takeUnits();
}

/** One message with the bounce of one recipient. */
export async function countBounce({ rooms, tables }: Deployment, address: string): Promise<Units> {
  await record(rooms, [address]);
  return tables.takeUnits();
}

/** Ten messages, each with a bounce of another new address. */
export async function countTenBounces({ rooms, tables }: Deployment, prefix: string): Promise<Units> {
  await record(rooms, recipientsOf(10, prefix));
  return tables.takeUnits();
}

/** A granted unbounce; what was granted before in the month does not matter to its cost. */
export async function countUnbounce({ rooms, tables }: Deployment, address: string): Promise<Units> {
  const { unbouncedAt } = await answerOf(
    rooms.unbounce(
      apiEvent({
        routeKey: 'POST /v1/accounts/{account}/suppressions/{address}/unbounce',
        pathParameters: { account: ACCOUNT, address },
        body: '{"confirmedValid":true}',
      }),
      DEADLINE,
    ),
  );
  if (unbouncedAt === undefined) throw new Error('The unbounce was refused.');
  return tables.takeUnits();
}

/** One of the routes that only read: of an address, a list, a campaign. */
export async function countRead(
  { rooms, tables }: Deployment,
  route: string,
  more: {
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
  } = {},
): Promise<Units> {
  await answerOf(
    rooms.read(
      apiEvent({
        routeKey: `GET /v1/accounts/{account}/${route}`,
        pathParameters: { account: ACCOUNT, ...more.path },
        queryStringParameters: more.query,
      }),
      DEADLINE,
    ),
  );
  return tables.takeUnits();
}

export const IN_CAMPAIGN = { campaign: CAMPAIGN } as const;
export const THIS_MONTH = { month: monthOf(NOW) } as const;

async function record(rooms: Rooms, recipients: readonly string[]): Promise<void> {
  const event = recordEvent(recipients) as SQSEvent;
  const { batchItemFailures } = await rooms.record(event, DEADLINE);
  if (batchItemFailures.length > 0) throw new Error('Messages were returned.');
}

async function answerOf(result: ReturnType<Rooms['filter']>): Promise<Record<string, unknown>> {
  const { statusCode, body = '' } = await result;
  if (statusCode !== 200) throw new Error(`The answer is ${statusCode}: ${body.slice(0, 300)}`);
  return JSON.parse(body) as Record<string, unknown>;
}
