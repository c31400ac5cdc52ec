import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { FIRST_OF_DECEMBER, LAST_OF_NOVEMBER, runRound } from './quota/dynamo-rounds.ts';
import { checkQuota } from './quota/quota-commands.ts';

const SEED = 20261123;

// The long run is `npm run soak -- quota`.
describe(`unbounces against their quota (seed ${SEED})`, () => {
  test('random commands whose answers come in any order, or never, keep to the limit and reach it', async () => {
    const { granted } = await checkQuota({ seed: SEED, runs: 150 });
    expect(granted).toBeGreaterThan(1_000);
  });

  describe('over DynamoDB, with faults', () => {
    let dynamo: DynamoLocal;
    beforeAll(async () => {
      dynamo = await openDynamoLocal();
    });
    afterAll(() => dynamo?.close());

    test("at a month's end each month grants its own limit, and no address twice", async () => {
      const { granted } = await runRound(dynamo, {
        seed: SEED,
        contacts: 0,
        addresses: 30,
        bursts: [
          { receivedAt: LAST_OF_NOVEMBER, from: 0, to: 20 },
          { receivedAt: FIRST_OF_DECEMBER, from: 10, to: 30 },
        ],
      });
      expect(granted).toEqual({ '2026-11': 10, '2026-12': 10 });
    });

    test('where the limit leaves more than there are, every address gets its one', async () => {
      const burst = { receivedAt: LAST_OF_NOVEMBER, from: 0, to: 14 };
      const { granted } = await runRound(dynamo, {
        seed: SEED + 1,
        contacts: 60_000,
        addresses: 14,
        bursts: [burst, burst],
      });
      expect(granted).toEqual({ '2026-11': 14, '2026-12': 0 });
    });
  });
});
