import assert from 'node:assert/strict';
import {
  FIRST_OF_DECEMBER,
  LAST_OF_NOVEMBER,
  type Round,
  type RoundResult,
  runRound,
} from '../proof/quota/dynamo-rounds.ts';
import { checkQuota } from '../proof/quota/quota-commands.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { createProgress, soak } from './soak.ts';

// Unbounces against their quota: random sequences in memory, and bursts of 400 at once in DynamoDB Local.
// node test/soak/quota.ts [--seed N] [--scale N]

const SEQUENCES = 10_000;
const AT_ONCE = 400;

/** Contacts by the limit that they make. */
const CONTACTS = { 10: 0, 11: 550, 999: 49_999, 1000: 60_000 } as const;

await soak('quota', async ({ seed, scale }) => {
  await runSequences(seed, Math.ceil(SEQUENCES * scale));
  const dynamo = await openDynamoLocal();
  try {
    await runRounds(dynamo, seed, scale);
  } finally {
    dynamo.close();
  }
});

async function runSequences(seed: number, runs: number): Promise<void> {
  const progress = createProgress();
  let done = 0;
  const { granted } = await checkQuota({ seed, runs }, (soFar) => {
    done += 1;
    progress(() => `${done} of ${runs} sequences, ${soFar} unbounces granted`);
  });
  console.log(
    `in memory: ${runs} random command sequences, ${granted} unbounces granted, every one in its limit`,
  );
}

/** Fifty bursts at the limits, and more of them across months and while contacts change: each granted exactly. */
async function runRounds(dynamo: DynamoLocal, seed: number, scale: number): Promise<void> {
  const scenes = [
    ...times(13, scale, () => ({ name: 'limit 10', round: oneBurst(10), expected: [10, 0] })),
    ...times(13, scale, () => ({ name: 'limit 11', round: oneBurst(11), expected: [11, 0] })),
    ...times(4, scale, () => ({ name: 'limit 999', round: threeBursts(999), expected: [999, 0] })),
    ...times(4, scale, () => ({ name: 'limit 1,000', round: threeBursts(1_000), expected: [1_000, 0] })),
    ...times(8, scale, () => ({ name: "a month's end", round: acrossMonths(), expected: [10, 10] })),
    ...times(8, scale, () => ({ name: 'contacts rise meanwhile', round: rising(), expected: [20, 0] })),
  ];
  let bursts = 0;
  for (const [place, { name, round, expected }] of scenes.entries()) {
    const result = await runRound(dynamo, { ...round, seed: seed + place });
    assert.deepEqual(Object.values(result.granted), expected, name);
    bursts += result.calls / AT_ONCE;
    console.log(`  ${name}: ${describe(result)}`);
  }
  console.log(`in DynamoDB Local: ${bursts} bursts of ${AT_ONCE}, each granted min(limit, eligible) exactly`);
}

type Plan = Omit<Round, 'seed'>;

function oneBurst(limit: 10 | 11): Plan {
  return { contacts: CONTACTS[limit], addresses: AT_ONCE, bursts: [novemberBurst(0)] };
}

/** More at once than a large limit needs three bursts. */
function threeBursts(limit: 999 | 1_000): Plan {
  const bursts = [0, 1, 2].map(novemberBurst);
  return { contacts: CONTACTS[limit], addresses: 3 * AT_ONCE, bursts };
}

/** Half of the calls in the last millisecond of November, half in the first of December; some ask in both. */
function acrossMonths(): Plan {
  const half = AT_ONCE / 2;
  return {
    contacts: CONTACTS[10],
    addresses: AT_ONCE - half / 2,
    bursts: [
      { receivedAt: LAST_OF_NOVEMBER, from: 0, to: half },
      { receivedAt: FIRST_OF_DECEMBER, from: half / 2, to: half + half / 2 },
    ],
  };
}

/** The limit goes from 10 to 20 and the last calls come after that: exactly 20 are granted in the end. */
function rising(): Plan {
  return {
    contacts: CONTACTS[10],
    addresses: AT_ONCE,
    bursts: [novemberBurst(0)],
    meanwhile: [550, 600, 0, 750, 1_000],
  };
}

function novemberBurst(place: number) {
  return { receivedAt: LAST_OF_NOVEMBER, from: place * AT_ONCE, to: (place + 1) * AT_ONCE };
}

function times<T>(count: number, scale: number, make: () => T): T[] {
  return Array.from({ length: Math.ceil(count * scale) }, make);
}

function describe({ calls, granted, faultyCalls }: RoundResult): string {
  const byMonth = Object.entries(granted).map(([month, count]) => `${count} in ${month}`);
  return `${calls} calls at once, granted ${byMonth.join(', ')}, with ${faultyCalls} transactions tried`;
}
