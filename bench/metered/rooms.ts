import { createHandler as createFilter } from '../../functions/filter-recipients/handler.ts';
import { createHandler as createRead } from '../../functions/read-suppressions/handler.ts';
import { createHandler as createRecord } from '../../functions/record-bounces/handler.ts';
import { createHandler as createUnbounce } from '../../functions/unbounce/handler.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import type { Instant } from '../../lib/policy/time.ts';
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
import { createDynamoLedgerStore } from '../../lib/store/dynamo-ledger-store.ts';
import { createDynamoUnbounceStore } from '../../lib/store/dynamo-unbounce-store.ts';
import { createMemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';
import type { MeteredTables } from './metered-tables.ts';

export const NOW: Instant = Date.parse('2026-11-23T12:00:00Z');
const DEFAULT_ACCOUNT = 'default';

/** The rooms of the functions over metered tables, as their doors build them. */
export function createRooms({ client, names }: Pick<MeteredTables, 'client' | 'names'>) {
  const context = { client, tables: names, clock: () => NOW, sleep: async () => {}, random: () => 0 };
  const addresses = createDynamoAddressStore(context);
  const shared = {
    addresses,
    accounts: createDynamoAccountStore(context, { defaultAccount: DEFAULT_ACCOUNT }),
    campaigns: {
      ...createDynamoCampaignReader(context),
      ...createDynamoCampaignWriter(context, { retentionInDays: 400 }),
    },
    unbounces: createDynamoUnbounceStore(context),
    bounceCounts: {
      ...createDynamoBounceCountReader(context),
      ...createDynamoBounceCountWriter(context),
    },
    reputation: NO_REPUTATION,
    ledger: createDynamoLedgerStore(context),
    policy: loadPolicy(),
    asksSes: false,
    clock: () => NOW,
    telemetry: createMemoryTelemetry(),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
  };
  return {
    ...shared,
    filter: createFilter(shared),
    unbounce: createUnbounce(shared),
    read: createRead(shared),
    record: createRecord({
      ...shared,
      parkingLot: {
        async park({ reason }) {
          throw new Error(`Nothing is parked here, but this was: ${reason}.`);
        },
      },
      effectsOf: createEffects({ canonicalAddress, classify }),
      senders: { accountTag: 'account', trustTags: true },
      defaultAccount: DEFAULT_ACCOUNT,
      deliveryEvents: false,
    }),
  };
}

export type Rooms = ReturnType<typeof createRooms>;
