import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { runFilterCalls } from './filter/filter-calls.ts';

const SEED = 20261123;

// The long run is `npm run soak -- filter`.
describe(`random lists under faults (seed ${SEED})`, () => {
  let dynamo: DynamoLocal;
  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  test('nobody who is blocked is ever to be sent to: the answer is right, or 503', async () => {
    const run = { seed: SEED, people: 280, decisions: 5_000, largestCall: 400 };
    const { sent, held, unavailable } = await runFilterCalls(dynamo, run);
    expect(sent + held).toBeGreaterThanOrEqual(run.decisions);
    expect(Math.min(sent, held, unavailable)).toBeGreaterThan(0);
  });
});
