import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CampaignRow } from '../../lib/policy/campaign-row.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { RowPosition } from '../../lib/store/campaign-port.ts';
import {
  createDynamoCampaignReader,
  createDynamoCampaignWriter,
} from '../../lib/store/dynamo-campaign-store.ts';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import { localClient } from '../../local/aws-clients.ts';
import { startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { TABLE_DEFINITIONS } from '../support/table-definitions.ts';

// What a page of a campaign costs, whether the campaign has a thousand bounced recipients or a hundred thousand.
// node test/soak/campaign-pages.ts

const SIZES = [1_000, 10_000, 100_000];
const ROWS_PER_PAGE = 500;
const ROWS_PER_WRITE = 2_000;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const ACCOUNT = 'soak';

const server = await startDynamodbLocal();
try {
  process.exitCode = await measure(server.endpoint);
} finally {
  await server.stop();
}

async function measure(endpoint: string): Promise<number> {
  const sdk = new DynamoDBClient(localClient(endpoint));
  await sdk.send(
    new CreateTableCommand({ ...TABLE_DEFINITIONS.campaignRecipients, TableName: 'campaignRecipients' }),
  );
  const settings = {
    ...localClient(endpoint),
    endpoints: { dynamodb: endpoint, sqs: '', ses: '', cloudwatch: '', events: '', s3: '' },
  };
  const writing = createDynamoContext({ campaignRecipients: 'campaignRecipients' }, settings);
  const writer = createDynamoCampaignWriter(writing, { retentionInDays: 400 });
  const cost = countQueries(sdk);
  const reader = createDynamoCampaignReader({ ...writing, client: sdk });
  let missing = 0;
  for (const size of SIZES) {
    const campaign = `campaign-${size}`;
    for (let from = 0; from < size; from += ROWS_PER_WRITE) {
      const rows = Array.from({ length: Math.min(ROWS_PER_WRITE, size - from) }, (_, index) =>
        bounced(campaign, from + index),
      );
      await writer.writeRows({ rows, now: NOW, deadlineAt: Date.now() + 60_000 });
    }
    const pages: { queries: number; units: number }[] = [];
    const seen = new Set<string>();
    let after: RowPosition | null = null;
    do {
      const page = await reader.listRows({
        account: ACCOUNT,
        campaign,
        outcome: 'bounced',
        limit: ROWS_PER_PAGE,
        after,
        now: NOW,
        deadlineAt: Date.now() + 60_000,
      });
      for (const row of page.items) {
        seen.add(row.addressHash);
      }
      pages.push(cost.take());
      after = page.next;
    } while (after !== null);
    missing += size - seen.size;
    const queries = pages.map((page) => page.queries);
    const units = pages.map((page) => page.units);
    console.log(
      `${size} rows: ${seen.size} listed in ${pages.length} pages of ${ROWS_PER_PAGE}; ` +
        `queries a page ${Math.min(...queries)} to ${Math.max(...queries)}, ` +
        `read units a page at most ${Math.max(...units)}`,
    );
  }
  sdk.destroy();
  return missing === 0 ? 0 : 1;
}

function bounced(campaign: string, index: number): CampaignRow {
  return {
    account: ACCOUNT,
    campaign,
    addressHash: addressHash(`person-${index}@example.com`),
    outcome: 'bounced',
    kind: 'hard',
    code: null,
    reason: 'unknown_user',
    rule: 'B1',
    layer: null,
    status: '5.1.1',
    diagnostic: 'smtp; 550 5.1.1 user unknown',
    at: NOW,
    feedbackId: `feedback-${index}`,
  };
}

/** Counts the queries that a client sends, and the read units that they took. */
function countQueries(client: DynamoDBClient) {
  let counted = { queries: 0, units: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'QueryCommand') {
          Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        }
        const result = await next(args);
        if (commandName === 'QueryCommand') {
          const { ConsumedCapacity } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
          counted = {
            queries: counted.queries + 1,
            units: counted.units + (ConsumedCapacity?.CapacityUnits ?? 0),
          };
        }
        return result;
      },
    { step: 'initialize' },
  );
  return {
    take() {
      const taken = counted;
      counted = { queries: 0, units: 0 };
      return taken;
    },
  };
}
