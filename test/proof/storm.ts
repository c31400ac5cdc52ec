import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { type CommandName, type Fault, type Faults, injectFaults } from '../support/faults.ts';

/** What can happen to any call. */
const ANY: readonly Fault[] = ['throttled', 'over_capacity', 'server_error', 'lost_request', 'lost_response'];

const STORM: Readonly<Partial<Record<CommandName, readonly Fault[]>>> = {
  BatchGetItem: [...ANY, 'half_unprocessed', 'half_unprocessed'],
  GetItem: ANY,
  Query: ANY,
  UpdateItem: ANY,
  PutItem: ANY,
  TransactGetItems: [...ANY, 'conflict'],
  TransactWriteItems: [...ANY, 'conflict', 'conflict', 'lost_response'],
};

const LONGEST_SLEEP_IN_MS = 3;

/** Lets a share of all calls of a client meet a fault, picked by the seed. */
export function storm(client: DynamoDBClient, { share, seed }: { share: number; seed: number }): Faults {
  const faults = injectFaults(client);
  for (const [place, [command, kinds]] of Object.entries(STORM).entries()) {
    faults.sometimes(command as CommandName, { probability: share, seed: seed + place, faults: kinds });
  }
  return faults;
}

/** A context whose clock is the test's, and whose pauses are short: stores try again for as long as it takes. */
export function hastened(context: DynamoContext, clock: () => number): DynamoContext {
  return { ...context, clock, sleep: (inMs) => sleep(Math.min(inMs, LONGEST_SLEEP_IN_MS)) };
}
