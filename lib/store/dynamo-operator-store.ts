import { type QueryCommandInput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AddressStatus } from '../policy/address-status.ts';
import type { WholeAddress } from '../policy/release.ts';
import type { Instant } from '../policy/time.ts';
import { statusChange } from './address-change.ts';
import { readBatch } from './batch-reader.ts';
import type { DynamoContext } from './dynamo-context.ts';
import { eraseLedger } from './erase-ledger.ts';
import { lostConditions } from './faults.ts';
import { readRecordItem, recordScope } from './items/record-item.ts';
import { OPERATOR, readReleaseItem, releasePrefix } from './items/release-item.ts';
import { STATUS_SCOPE, statusOf } from './items/status-item.ts';
import type { OperatorStore, StatusUpdate } from './operator-port.ts';
import { queryAll, queryPage } from './query.ts';
import { AGAIN, retryUntil } from './retry.ts';
import { saveRelease } from './save-release.ts';
import { versionedUpdate } from './update-expression.ts';

/** What the operator does, in DynamoDB (tables AddressBounces and UnbounceQuotas). */
export function createDynamoOperatorStore(context: DynamoContext): OperatorStore {
  return {
    readWhole: (addressHash, deadlineAt) => readWhole(context, addressHash, deadlineAt),
    async listReleases({ addressHash, limit, deadlineAt }) {
      const query = { ...releasesOf(context, addressHash), ScanIndexForward: false, Limit: limit };
      const { items } = await queryPage(context, query, deadlineAt);
      return items.map(readReleaseItem);
    },
    saveRelease: (write) => saveRelease(context, write),
    updateStatus: (addressHash, update) => updateStatus(context, addressHash, update),
    eraseLedger: async (erasure) => {
      const { addressHash, deadlineAt } = erasure;
      const releases = await queryAll(context, releasesOf(context, addressHash), deadlineAt);
      await eraseLedger(context, { ...erasure, releases });
    },
  };
}

async function readWhole(
  context: DynamoContext,
  addressHash: string,
  deadlineAt: Instant,
): Promise<WholeAddress> {
  const status = await readStatus(context, addressHash, deadlineAt);
  const query = {
    TableName: context.tables.addressBounces,
    KeyConditionExpression: '#hash = :hash AND begins_with(#scope, :accounts)',
    ExpressionAttributeNames: { '#hash': 'addressHash', '#scope': 'scope' },
    ExpressionAttributeValues: marshall({ ':hash': addressHash, ':accounts': recordScope('') }),
  };
  const records = await queryAll(context, query, deadlineAt);
  return { status, records: records.map(readRecordItem) };
}

async function readStatus(
  context: DynamoContext,
  addressHash: string,
  deadlineAt: Instant,
): Promise<AddressStatus> {
  const keys = [{ addressHash, scope: STATUS_SCOPE }];
  const [item] = await readBatch(context, { table: context.tables.addressBounces, keys, deadlineAt });
  return statusOf(item);
}

async function updateStatus(
  context: DynamoContext,
  addressHash: string,
  { change, deadlineAt }: StatusUpdate,
) {
  const table = context.tables.addressBounces;
  return await retryUntil(
    deadlineAt,
    async (options) => {
      const before = await readStatus(context, addressHash, deadlineAt);
      const after = change(before);
      if (after === before) {
        return before;
      }
      const written = statusChange({
        table,
        addressHash,
        before: { status: before },
        after: { status: after },
      });
      try {
        await context.client.send(new UpdateItemCommand(versionedUpdate(written)), options);
        return { ...after, version: before.version + 1 };
      } catch (error) {
        if (lostConditions(error).length > 0) {
          return AGAIN;
        }
        throw error;
      }
    },
    context,
  );
}

function releasesOf({ tables }: DynamoContext, addressHash: string): QueryCommandInput {
  return {
    TableName: tables.unbounceQuotas,
    KeyConditionExpression: '#account = :operator AND begins_with(#entry, :releases)',
    ExpressionAttributeNames: { '#account': 'account', '#entry': 'entry' },
    ExpressionAttributeValues: marshall({ ':operator': OPERATOR, ':releases': releasePrefix(addressHash) }),
  };
}
