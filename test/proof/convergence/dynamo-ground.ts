import { DeleteTableCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { createDynamoAccountStore } from '../../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../../lib/store/dynamo-address-store.ts';
import { createDynamoBounceCountWriter } from '../../../lib/store/dynamo-bounce-count-store.ts';
import {
  createDynamoCampaignReader,
  createDynamoCampaignWriter,
} from '../../../lib/store/dynamo-campaign-store.ts';
import type { DynamoContext } from '../../../lib/store/dynamo-context.ts';
import { createDynamoOperatorStore } from '../../../lib/store/dynamo-operator-store.ts';
import { createDynamoUnbounceStore } from '../../../lib/store/dynamo-unbounce-store.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../../support/dynamo-local.ts';
import { hastened, storm } from '../storm.ts';
import type { GroundFor } from './check.ts';
import type { Stores } from './rooms.ts';
import { defaultAccountOf, NOW, type World } from './world.ts';

const WORKERS = 4;
const SHARE_OF_FAULTS = 0.12;

/** DynamoDB Local, with tables of its own for every log, and faults for the function that records. */
export const dynamoGround: GroundFor = async (log, world) => {
  const dynamo = await openDynamoLocal();
  const client = localDynamoClient(dynamo.endpoint);
  storm(client, { share: SHARE_OF_FAULTS, seed: log.luck });
  let now = NOW;
  let stoppedAt = Date.now();
  const elapsedInMs = () => Date.now() - stoppedAt;
  const clock = () => now + elapsedInMs();
  return {
    world,
    stores: storesOver(hastened(dynamo.context, clock), world),
    faulty: storesOver(hastened(dynamo.withClient(client), clock), world),
    dump: () => dump(dynamo),
    clock: () => now,
    setClock: (to) => {
      now = to;
      stoppedAt = Date.now();
    },
    elapsedInMs,
    workers: WORKERS,
    async close() {
      client.destroy();
      await dropTables(dynamo);
      dynamo.close();
    },
  };
};

function storesOver(context: DynamoContext, world: World): Stores {
  return {
    ...createDynamoAddressStore(context),
    ...createDynamoUnbounceStore(context),
    ...createDynamoAccountStore(context, { defaultAccount: defaultAccountOf(world) }),
    ...createDynamoCampaignReader(context),
    ...createDynamoCampaignWriter(context, { retentionInDays: 400 }),
    ...createDynamoBounceCountWriter(context),
    ...createDynamoOperatorStore(context),
  };
}

/** Every item of every table. */
async function dump({ context, tables }: DynamoLocal): Promise<string> {
  const items: string[] = [];
  for (const TableName of Object.values(tables)) {
    let page: ScanCommandOutput | undefined;
    do {
      const start = page?.LastEvaluatedKey;
      page = await context.client.send(
        new ScanCommand({ TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
      );
      items.push(...(page.Items ?? []).map((item) => JSON.stringify(Object.entries(item).sort())));
    } while (page.LastEvaluatedKey !== undefined);
  }
  return items.sort().join('\n');
}

async function dropTables({ context, tables }: DynamoLocal): Promise<void> {
  for (const TableName of Object.values(tables)) {
    await context.client.send(new DeleteTableCommand({ TableName }));
  }
}
