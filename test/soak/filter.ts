import { type FilterTotals, runFilterCalls } from '../proof/filter/filter-calls.ts';
import { openDynamoLocal } from '../support/dynamo-local.ts';
import { createProgress, soak } from './soak.ts';

// A million verdicts in DynamoDB Local under faults: each is right, or its call is answered 503.
// node test/soak/filter.ts [--seed N] [--scale N]

const DECISIONS = 1_000_000;
const PEOPLE = 14_000;
const LARGEST_CALL = 4_000;

await soak('filter', async ({ seed, scale }) => {
  const dynamo = await openDynamoLocal();
  const progress = createProgress();
  try {
    const totals = await runFilterCalls(
      dynamo,
      { seed, people: PEOPLE, decisions: DECISIONS * scale, largestCall: LARGEST_CALL },
      (soFar) => progress(() => describe(soFar)),
    );
    console.log(`${describe(totals)}; 0 false "send"`);
  } finally {
    dynamo.close();
  }
});

function describe({
  decisions,
  sent,
  held,
  calls,
  unavailable,
  requestsTried,
  bounced,
}: FilterTotals): string {
  return (
    `${decisions} verdicts (${sent} send, ${held} not) in ${calls} calls, ${unavailable} of them answered 503, ` +
    `with ${requestsTried} reads tried and ${bounced} bounces meanwhile`
  );
}
