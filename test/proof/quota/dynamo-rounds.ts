import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHandler } from '../../../functions/unbounce/handler.ts';
import { emptyRecord } from '../../../lib/policy/address-record.ts';
import { NO_STATUS } from '../../../lib/policy/address-status.ts';
import { loadPolicy } from '../../../lib/policy/policy.ts';
import { type Instant, type Month, monthOf } from '../../../lib/policy/time.ts';
import type { DynamoContext } from '../../../lib/store/dynamo-context.ts';
import { createDynamoLedgerStore } from '../../../lib/store/dynamo-ledger-store.ts';
import type { AddressKey } from '../../../lib/store/port.ts';
import { localClient } from '../../../local/aws-clients.ts';
import { apiEvent } from '../../http/events.ts';
import { aBounce, afterBounces } from '../../policy/builders.ts';
import { dynamoStores, putAddresses } from '../../store/dynamo-under-test.ts';
import { aKey, register, type Stores } from '../../store/scene.ts';
import type { DynamoLocal } from '../../support/dynamo-local.ts';
import { seededRandom } from '../../support/random.ts';
import { createWatchedTelemetry } from '../../support/watched-telemetry.ts';
import { hastened, storm } from '../storm.ts';

export const LAST_OF_NOVEMBER: Instant = Date.parse('2026-11-30T23:59:59.999Z');
export const FIRST_OF_DECEMBER: Instant = LAST_OF_NOVEMBER + 1;

const UNBOUNCE = 'POST /v1/accounts/{account}/suppressions/{address}/unbounce';
const MOST_SOCKETS = 1_200;
const SHARE_OF_FAULTS = 0.15;
const POLICY = loadPolicy();

/** One account with suppressed addresses, and many calls at once. */
export interface Round {
  readonly seed: number;
  /** The contacts that make the limit. */
  readonly contacts: number;
  /** Addresses that may be unbounced. */
  readonly addresses: number;
  /** When each burst of calls is received; a burst asks for every address of its share. */
  readonly bursts: readonly Burst[];
  /** Contacts that are set while the calls are under way, one after the other; then every call is made once more. */
  readonly meanwhile?: readonly number[];
}

export interface Burst {
  readonly receivedAt: Instant;
  /** Of the addresses, the first included and the last not. */
  readonly from: number;
  readonly to: number;
}

export interface RoundResult {
  readonly calls: number;
  readonly granted: Readonly<Record<Month, number>>;
  readonly faultyCalls: number;
}

/** Runs the bursts at the same time until every call has an answer, then holds counter, ledger and addresses together. */
export async function runRound(dynamo: DynamoLocal, round: Round): Promise<RoundResult> {
  const quiet = dynamoStores(dynamo.context);
  const { account } = aKey(`account-${randomUUID()}`);
  await register(quiet, account, round.contacts);
  const keys = await suppressed(dynamo, account, round.addresses);
  const client = clientWithSockets(dynamo.endpoint);
  const faults = storm(client, { share: SHARE_OF_FAULTS, seed: round.seed });
  const random = seededRandom(round.seed);
  try {
    const calls = round.bursts.flatMap(({ receivedAt, from, to }) => {
      const ask = askingAt(receivedAt, dynamo.withClient(client));
      return keys.slice(from, to).map((key) => () => ask(key));
    });
    const shuffled = calls.map((call) => ({ call, place: random() })).sort((a, b) => a.place - b.place);
    const askAll = () => Promise.all(shuffled.map(({ call }) => call()));
    const { meanwhile = [] } = round;
    const [statuses] = await Promise.all([askAll(), changeContacts(quiet, account, meanwhile)]);
    if (meanwhile.length > 0) statuses.push(...(await askAll()));
    for (const status of statuses) assert.ok(status === 200 || status === 429, `answered ${status}`);
    const faultyCalls = faults.calls('TransactWriteItems');
    return { calls: statuses.length, granted: await grantedTo(dynamo, quiet, keys), faultyCalls };
  } finally {
    client.destroy();
  }
}

/** The function under test at one moment, with a deadline of its own for each try; a call without an end is asked again. */
function askingAt(receivedAt: Instant, context: DynamoContext) {
  return async ({ account, addressHash }: AddressKey): Promise<number> => {
    const event = apiEvent({
      routeKey: UNBOUNCE,
      pathParameters: { account, address: addressHash },
      body: JSON.stringify({ confirmedValid: true }),
    });
    for (;;) {
      const startedAt = Date.now();
      const unbounce = unbouncing(
        receivedAt,
        hastened(context, () => receivedAt + Date.now() - startedAt),
      );
      const { statusCode = 0 } = await unbounce(event, { getRemainingTimeInMillis: () => 29_000 });
      if (statusCode !== 503) return statusCode;
    }
  };
}

function unbouncing(receivedAt: Instant, context: DynamoContext) {
  const stores = dynamoStores(context);
  return createHandler({
    addresses: stores,
    accounts: stores,
    unbounces: stores,
    policy: POLICY,
    asksSes: false,
    clock: () => receivedAt,
    telemetry: createWatchedTelemetry(),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
  });
}

/** As many connections as calls at once: none waits for another. */
function clientWithSockets(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    ...localClient(endpoint),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 20_000, httpAgent: { maxSockets: MOST_SOCKETS } },
  });
}

async function suppressed(dynamo: DynamoLocal, account: string, count: number): Promise<AddressKey[]> {
  const keys = Array.from({ length: count }, () => aKey(account));
  const sentAt = LAST_OF_NOVEMBER - 3_600_000;
  const snapshot = afterBounces(
    [aBounce({ sentAt })],
    { now: LAST_OF_NOVEMBER },
    {
      record: emptyRecord(account),
      status: NO_STATUS,
    },
  );
  await putAddresses(
    dynamo.context,
    keys.map((key) => ({ key, snapshot })),
  );
  return keys;
}

async function changeContacts(stores: Stores, account: string, contacts: readonly number[]): Promise<void> {
  for (const amount of contacts) await register(stores, account, amount);
}

/** What was charged by month, as counter, ledger, records and filter all tell it. */
async function grantedTo(
  { context }: DynamoLocal,
  stores: Stores,
  keys: readonly AddressKey[],
): Promise<Record<Month, number>> {
  const account = keys[0]?.account ?? '';
  const deadlineAt = Date.now() + 60_000;
  const { listUnbounces } = createDynamoLedgerStore(context);
  const granted: Record<Month, number> = {};
  const charged: string[] = [];
  for (const month of [LAST_OF_NOVEMBER, FIRST_OF_DECEMBER].map(monthOf)) {
    const { items } = await listUnbounces({ account, month, limit: 1_000, after: null, deadlineAt });
    granted[month] = await stores.readUsed({ account, month, deadlineAt });
    assert.equal(granted[month], items.length);
    charged.push(...items.map(({ addressHash }) => addressHash));
  }
  const addressHashes = keys.map(({ addressHash }) => addressHash);
  const records = await stores.readRecords({ account, addressHashes, deadlineAt });
  const statuses = await stores.readStatuses(addressHashes, deadlineAt);
  const flagged = [...records].filter(([, { unbounce }]) => unbounce !== null).map(([hash]) => hash);
  const lifted = addressHashes.filter((hash) => !statuses.get(hash)?.suppressedBy.has(account));
  assert.deepEqual(flagged.sort(), charged.sort());
  assert.deepEqual(lifted.sort(), charged);
  return granted;
}
