import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { createHandler } from '../../functions/record-bounces/handler.ts';
import type { ParkedMessage } from '../../functions/record-bounces/park.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import { createEffects } from '../../lib/ses/effects.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { BounceCountWriter } from '../../lib/store/bounce-count-port.ts';
import type { CampaignWriter } from '../../lib/store/campaign-port.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { createTwin, type Twin } from './twin.ts';

export interface RecordOptions {
  readonly now?: Instant;
  readonly deliveryEvents?: boolean;
  readonly trustTags?: boolean;
  readonly asksSes?: boolean;
  readonly store?: Twin;
  readonly updateAddress?: AddressStore['updateAddress'];
  readonly writeRows?: CampaignWriter['writeRows'];
  readonly addBounceCounts?: BounceCountWriter['addBounceCounts'];
  readonly parks?: boolean;
}

/** The room of record-bounces over the in-memory twin, and what a test asks it. */
export function createRecorder(options: RecordOptions = {}) {
  const store = options.store ?? createTwin();
  const telemetry = createWatchedTelemetry();
  const parked: ParkedMessage[] = [];
  const now = options.now ?? Date.parse('2026-03-02T10:00:00Z');
  const handler = createHandler({
    addresses: { updateAddress: options.updateAddress ?? store.updateAddress },
    accounts: store,
    campaigns: { ...store, ...(options.writeRows && { writeRows: options.writeRows }) },
    bounceCounts: { addBounceCounts: options.addBounceCounts ?? store.addBounceCounts },
    parkingLot: {
      async park(message) {
        if (options.parks === false) {
          throw new Error('The queue is busy.');
        }
        parked.push(message);
      },
    },
    policy: loadPolicy(),
    effectsOf: createEffects({ canonicalAddress, classify }),
    senders: { accountTag: 'account', trustTags: options.trustTags ?? true },
    defaultAccount: 'default',
    deliveryEvents: options.deliveryEvents ?? false,
    asksSes: options.asksSes ?? false,
    clock: () => now,
    telemetry,
  });
  return {
    store,
    telemetry,
    parked,
    /** Sends notifications as one SQS batch; answers the places of those that were returned. */
    async record(...bodies: readonly unknown[]): Promise<number[]> {
      const Records = bodies.map((body, index) => sqsRecord(String(index), body));
      const { batchItemFailures } = await handler({ Records } as SQSEvent, {
        getRemainingTimeInMillis: () => 30_000,
      });
      return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)).sort();
    },
    async verdict(address: string, account = 'default') {
      const hash = addressHash(address);
      const statuses = await store.readStatuses([hash], now);
      return verdictOf(statuses.get(hash) ?? null, { account, now }).rule;
    },
    snapshot: (address: string, account = 'default') =>
      store.readAddress({ account, addressHash: addressHash(address) }, now),
  };
}

function sqsRecord(messageId: string, body: unknown): Partial<SQSRecord> {
  return { messageId, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
