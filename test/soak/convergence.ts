import { checkConvergence, type GroundFor, NOTHING, sumOf } from '../proof/convergence/check.ts';
import type { Tallies } from '../proof/convergence/converge.ts';
import { dynamoGround } from '../proof/convergence/dynamo-ground.ts';
import { memoryGround } from '../proof/convergence/memory-ground.ts';
import { endDynamodb } from '../support/dynamo-local-host.ts';
import { createProgress, type SoakOptions, soak } from './soak.ts';

// Random histories of notifications, in any order, repeated and with faults, against a model that knows no order.
// node test/soak/convergence.ts [--seed N] [--scale N]

const NOTICES_IN_MEMORY = 50_000;
const NOTICES_IN_DYNAMODB = 20_000;
const LARGEST_LOG = 150;
const PEOPLE = 8;

await soak('convergence', async ({ seed, scale }) => {
  await tell('in memory', memoryGround, { seed, notices: NOTICES_IN_MEMORY * scale });
  await tell('in DynamoDB Local', dynamoGround, { seed: seed + 1, notices: NOTICES_IN_DYNAMODB * scale });
});

interface Part {
  readonly seed: SoakOptions['seed'];
  readonly notices: number;
}

/** Tells logs until they held so many notices. */
async function tell(where: string, groundFor: GroundFor, { seed, notices }: Part): Promise<void> {
  const progress = createProgress();
  let told = NOTHING;
  for (let round = 0; told.notices < notices; round += 1) {
    const before = told;
    const options = { seed: seed + 1_000 * round, runs: 10, notices: LARGEST_LOG, people: PEOPLE };
    told = sumOf(
      before,
      await checkConvergence(options, groundFor, (totals) =>
        progress(() => `${where}: ${describe(sumOf(before, totals))}`),
      ),
    );
    await endDynamodb();
  }
  console.log(
    `${where}: ${describe(told)}; 0 lost, 0 counted twice, nothing changed by telling all of it again`,
  );
}

function describe({ notices, malformed, copies, deliveries, unbounced, globals }: Tallies): string {
  return (
    `${notices} notifications (${malformed} malformed) in ${copies} copies and ${deliveries} deliveries, ` +
    `${unbounced} unbounces in the middle, ${globals} global bounces`
  );
}
