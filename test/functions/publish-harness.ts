import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from '@jest/globals';
import type { EventBus } from '../../functions/publish-events/event-bus.ts';
import { createHandler } from '../../functions/publish-events/handler.ts';
import type { OutgoingEvent } from '../../functions/publish-events/outgoing-event.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { recordScope, writeRecordItem } from '../../lib/store/items/record-item.ts';
import { STATUS_SCOPE, writeStatusItem } from '../../lib/store/items/status-item.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { ACCOUNT, type ApiOptions, createRegisteredApi } from './api-harness.ts';
import { eventFaults } from './event-schemas.ts';

type Image = Record<string, AttributeValue>;

/** One record of the stream, as Lambda tells it. */
export interface StreamedRecord {
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly OldImage?: Image;
    readonly NewImage: Image;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: an event holds what the test says it holds.
export type PublishedEvent = OutgoingEvent & { readonly detail: any };

/** What becomes of the next puts: the places that are not taken, or an error for all of them. */
export type BusFault = readonly number[] | Error;

export interface PublisherOptions {
  readonly withAddress?: boolean;
  readonly faults?: readonly BusFault[];
  readonly remainingInMs?: number;
}

export type PublishWorld = Awaited<ReturnType<typeof openPublishWorld>>;

/** The API and record-bounces over one twin, and the stream of what they change. */
export async function openPublishWorld(options: ApiOptions = {}) {
  const api = await createRegisteredApi(options);
  const images = new Map<string, Image>();
  let sequence = 0;

  /** How the items of an address changed since the last time, in the order in which a batch tells it. */
  async function changes(
    address: string,
    accounts: readonly string[] = [ACCOUNT],
  ): Promise<StreamedRecord[]> {
    const now = await itemsOf(address, accounts);
    return [...now].flatMap(([key, NewImage]) => {
      const OldImage = images.get(key);
      if (JSON.stringify(OldImage) === JSON.stringify(NewImage)) return [];
      images.set(key, NewImage);
      sequence += 1;
      return [{ dynamodb: { SequenceNumber: String(sequence), ...(OldImage && { OldImage }), NewImage } }];
    });
  }

  async function itemsOf(address: string, accounts: readonly string[]): Promise<Map<string, Image>> {
    const hash = addressHash(address);
    const deadlineAt = api.time.now;
    const items = new Map<string, Image>();
    const put = (scope: string, version: number, item: object) =>
      version > 0 &&
      items.set(
        `${hash} ${scope}`,
        marshall({ addressHash: hash, scope, v: version, ...item }, { removeUndefinedValues: true }),
      );
    for (const account of accounts) {
      const { record, status } = await api.twin.readAddress({ account, addressHash: hash }, deadlineAt);
      put(recordScope(account), record.version, writeRecordItem(record));
      put(STATUS_SCOPE, status.version, writeStatusItem(status));
    }
    return items;
  }

  /** Publishes these records, and checks every event by its documented schema. */
  async function publish(records: readonly StreamedRecord[], given: PublisherOptions = {}) {
    const { withAddress = false, faults = [], remainingInMs = 60_000 } = given;
    const telemetry = createWatchedTelemetry();
    const { bus, puts, events } = createBus(faults);
    const pauses: number[] = [];
    const handler = createHandler({
      bus,
      addresses: withAddress ? api.twin : null,
      clock: () => api.time.now,
      sleep: async (durationInMs) => void pauses.push(durationInMs),
      random: () => 0,
      telemetry,
    });
    const { batchItemFailures } = await handler(
      { Records: records },
      { getRemainingTimeInMillis: () => remainingInMs },
    );
    expect(events.flatMap(eventFaults)).toEqual([]);
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return { events, failed, puts, pauses, telemetry };
  }

  return {
    api,
    changes,
    publish,
    /** The events of what changed since the last time. */
    async told(address: string, accounts?: readonly string[]): Promise<readonly PublishedEvent[]> {
      return (await publish(await changes(address, accounts))).events;
    },
  };
}

/** A bus that takes ten events at most, and all of them but for its faults. */
function createBus(faults: readonly BusFault[]) {
  const events: PublishedEvent[] = [];
  const puts: number[] = [];
  const bus: EventBus = {
    async put(given) {
      expect(given.length).toBeGreaterThan(0);
      expect(given.length).toBeLessThanOrEqual(10);
      const fault = faults[puts.length] ?? [];
      puts.push(given.length);
      if (fault instanceof Error) throw fault;
      events.push(...given.filter((_, index) => !fault.includes(index)));
      return fault.map((index) => ({ index, code: 'ThrottlingException' }));
    },
  };
  return { bus, puts, events };
}
