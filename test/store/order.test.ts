import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AddressEvent, applyEvent } from '../../lib/policy/address-event.ts';
import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { SES_LAYERS } from '../../lib/policy/layer.ts';
import { createMemoryStore } from '../../lib/store/memory-store.ts';
import type { AddressKey, AddressStore } from '../../lib/store/port.ts';
import { bouncesSent, moments, SEED } from '../policy/arbitraries.ts';
import { ADDRESS, NOW, POLICY } from '../policy/builders.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { dynamoStores } from './dynamo-under-test.ts';
import { aKey, DEFAULT_ACCOUNT, read, update } from './scene.ts';

const SPAN = { fromDay: -30, toDay: 0 };

const events: fc.Arbitrary<AddressEvent> = fc.oneof(
  { weight: 5, arbitrary: bouncesSent(SPAN).map(toBounceEvent) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        layer: fc.constantFrom(...SES_LAYERS),
        sentAt: moments(SPAN),
        markedAt: moments(SPAN),
        listedFor: fc.constantFrom('bounce', 'complaint'),
      })
      .map((mark) => ({ kind: 'mark' as const, address: ADDRESS, mark })),
  },
);

/** The same events as SES may tell them: in two orders, the second with some told twice. */
const tellings = fc.array(events, { minLength: 1, maxLength: 12 }).chain((told) =>
  fc.record({
    once: fc.constant(told),
    again: fc
      .subarray(told)
      .chain((twice) => fc.shuffledSubarray([...told, ...twice], { minLength: told.length + twice.length })),
  }),
);

describe('notifications in any order, told once or twice, end as the same address', () => {
  test('in memory', async () => {
    const store = createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT });
    await fc.assert(
      fc.asyncProperty(tellings, async ({ once, again }) => {
        const [one, other] = [aKey(), aKey()];
        await tell(store, one, once);
        await tell(store, other, again);
        await expectSame(store, one, other);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  describe('in DynamoDB', () => {
    let dynamo: DynamoLocal;
    let store: AddressStore;

    beforeAll(async () => {
      dynamo = await openDynamoLocal();
      store = dynamoStores(dynamo.context);
    });
    afterAll(() => dynamo?.close());

    test('one after the other, and all at the same time', async () => {
      await fc.assert(
        fc.asyncProperty(tellings, async ({ once, again }) => {
          const [one, other] = [aKey(), aKey()];
          await tell(store, one, once);
          await Promise.all(again.map((event) => tell(store, other, [event])));
          await expectSame(store, one, other);
        }),
        { seed: SEED, numRuns: 15, endOnFailure: true },
      );
    });

    test('and as the one in memory', async () => {
      const twin = createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT });
      await fc.assert(
        fc.asyncProperty(tellings, async ({ once }) => {
          const key = aKey();
          await tell(twin, key, once);
          await tell(store, key, once);
          expect(await read(store, key)).toEqual(await read(twin, key));
        }),
        { seed: SEED, numRuns: 15, endOnFailure: true },
      );
    });
  });
});

function toBounceEvent(bounce: Bounce): AddressEvent {
  return {
    kind: 'bounce',
    address: ADDRESS,
    spellings: [ADDRESS],
    bounce: { ...bounce, bounceType: 'Permanent' },
  };
}

async function tell(store: AddressStore, key: AddressKey, told: readonly AddressEvent[]): Promise<void> {
  for (const event of told) {
    await update(store, key, (before) =>
      applyEvent(before, event, { policy: POLICY, now: NOW, asksSes: true }),
    );
  }
}

async function expectSame(store: AddressStore, one: AddressKey, other: AddressKey): Promise<void> {
  const [first, second] = [await read(store, one), await read(store, other)];
  expect(stateOf(second)).toEqual(stateOf(first));
  expectInStep(first);
  expectInStep(second);
}

/** What the order must not change: all but whose it is and how often it was written. */
function stateOf({ record, status }: AddressSnapshot) {
  const { account, version, ...ofRecord } = record;
  const { version: _, suppressedBy, deadReports, ...ofStatus } = status;
  return { ...ofRecord, ...ofStatus, marks: suppressedBy.get(account), reports: deadReports.get(account) };
}

/** The filter reads the status alone, so it must say what the record says. */
function expectInStep({ record, status }: AddressSnapshot): void {
  const marks = record.suppression?.standing.map(({ key, rule, until }) => ({ key, rule, until }));
  expect(status.suppressedBy.get(record.account)).toEqual(marks);
}
