import type { SQSEvent } from 'aws-lambda';
import { createHandler as createAdminister } from '../../functions/administer/handler.ts';
import { createHandler as createCorrect } from '../../functions/correct-suppressions/handler.ts';
import { createHandler as createFilter } from '../../functions/filter-recipients/handler.ts';
import { createHandler as createImport } from '../../functions/import-suppressions/handler.ts';
import { createHandler as createRead } from '../../functions/read-suppressions/handler.ts';
import { createHandler as createRecord } from '../../functions/record-bounces/handler.ts';
import { createHandler as createServeContract } from '../../functions/serve-contract/handler.ts';
import { createHandler as createUnbounce } from '../../functions/unbounce/handler.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createEffects } from '../../lib/ses/effects.ts';
import { NO_REPUTATION } from '../../lib/ses/reputation.ts';
import { createDynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import {
  createDynamoBounceCountReader,
  createDynamoBounceCountWriter,
} from '../../lib/store/dynamo-bounce-count-store.ts';
import {
  createDynamoCampaignReader,
  createDynamoCampaignWriter,
} from '../../lib/store/dynamo-campaign-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { createDynamoCorrectionStore } from '../../lib/store/dynamo-correction-store.ts';
import { createDynamoLedgerStore } from '../../lib/store/dynamo-ledger-store.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createJsonTelemetry } from '../../lib/telemetry/json-telemetry.ts';
import { apiEvent } from '../http/events.ts';
import { watch } from '../support/watched-telemetry.ts';
import { type Call, functionOf } from './api-harness.ts';

/** Every room over DynamoDB, by its clock, with the lines that they log. */
export function createDynamoRooms(context: DynamoContext) {
  const lines: string[] = [];
  const addresses = createDynamoAddressStore(context);
  const shared = {
    addresses,
    accounts: createDynamoAccountStore(context, { defaultAccount: 'default' }),
    unbounces: createDynamoUnbounceStore(context),
    campaigns: {
      ...createDynamoCampaignReader(context),
      ...createDynamoCampaignWriter(context, { retentionInDays: 400 }),
    },
    bounceCounts: {
      ...createDynamoBounceCountReader(context),
      ...createDynamoBounceCountWriter(context),
    },
    reputation: NO_REPUTATION,
    ledger: createDynamoLedgerStore(context),
    operator: createDynamoOperatorStore(context),
    corrections: createDynamoCorrectionStore(context),
    policy: loadPolicy(),
    asksSes: false,
    clock: context.clock,
    telemetry: createJsonTelemetry({
      write: (line) => {
        watch(line);
        lines.push(line);
      },
      clock: context.clock,
      namespace: 'Rebound',
    }),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
  };
  const identities = { verify: async () => 'verified' as const };
  const rooms = {
    administer: createAdminister({ ...shared, identities }),
    'correct-suppressions': createCorrect(shared),
    'filter-recipients': createFilter(shared),
    'import-suppressions': createImport(shared),
    'read-suppressions': createRead(shared),
    'serve-contract': createServeContract({ ...shared, contract: {} }),
    unbounce: createUnbounce(shared),
  };
  const record = createRecord({
    ...shared,
    parkingLot: { park: async () => {} },
    effectsOf: createEffects({ canonicalAddress, classify }),
    senders: { accountTag: 'account', trustTags: true },
    defaultAccount: 'default',
    deliveryEvents: false,
  });
  return {
    lines,
    async call(routeKey: string, { account, address, query, body, headers }: Call, remainingInMs = 29_000) {
      const result = await rooms[functionOf(routeKey)](
        apiEvent({
          routeKey,
          pathParameters: { account, address },
          queryStringParameters: query,
          headers,
          body: JSON.stringify(body),
        }),
        { getRemainingTimeInMillis: () => remainingInMs },
      );
      return { status: result.statusCode, body: JSON.parse(result.body ?? '') };
    },
    /** Notifications as one batch; answers how many were returned. */
    async record(notifications: readonly unknown[], remainingInMs = 30_000): Promise<number> {
      const Records = notifications.map((body, index) => ({
        messageId: String(index),
        body: JSON.stringify(body),
      }));
      const { batchItemFailures } = await record({ Records } as unknown as SQSEvent, {
        getRemainingTimeInMillis: () => remainingInMs,
      });
      return batchItemFailures.length;
    },
  };
}
