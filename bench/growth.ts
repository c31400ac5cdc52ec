import type { Bench, Measurement } from './bench.ts';
import type { Units } from './metered/meter.ts';
import * as count from './metered/operations.ts';

const FEW = 200;
const MANY = 20_000;
const QUICK_MANY = 2_000;
const UNBOUNCES = 100;

/**
 * DynamoDB answers a key in the same time and at the same price however many there are, so what can grow is what is
 * asked for. That is counted: once with few bounces stored and once with many, all of them of one campaign.
 */
export const bench: Bench = {
  title: 'Growth: the units of an operation with many stored bounces, beside those with few',
  async measure({ isQuick }) {
    const many = isQuick ? QUICK_MANY : MANY;
    const before = await countAll(FEW);
    const after = await countAll(many);
    return before.map(([what, few], index) => {
      const [, units = few] = after[index] ?? [];
      return describe(`${what}, ${many} bounces stored`, units, few);
    });
  },
};

async function countAll(stored: number): Promise<[string, Units][]> {
  const deployment = await count.deploy(stored);
  const [address = '', ...others] = deployment.bounced;
  const rows: [string, Units][] = [
    ['filter 1000', await count.countFilter(deployment, { unknown: 980, suppressed: 20 })],
    ['record a first bounce', await count.countBounce(deployment, 'first@new.example')],
    [
      'page of 100 suppressions',
      await count.countRead(deployment, 'suppressions', { query: { limit: '100' } }),
    ],
    ['campaign', await count.countRead(deployment, 'campaigns/{campaign}', { path: count.IN_CAMPAIGN })],
    [
      'page of 100 recipients of a campaign',
      await count.countRead(deployment, 'campaigns/{campaign}/recipients', {
        path: count.IN_CAMPAIGN,
        query: { outcome: 'bounced', limit: '100' },
      }),
    ],
  ];
  for (const other of others.slice(0, UNBOUNCES)) await count.countUnbounce(deployment, other);
  return [
    ...rows,
    [`unbounce after ${UNBOUNCES} in the month`, await count.countUnbounce(deployment, address)],
  ];
}

function describe(what: string, { calls, keys, reads, writes }: Units, few: Units): Measurement {
  return {
    what: `growth: ${what}`,
    value: calls,
    unit: 'calls',
    ratios: [{ to: `${FEW} stored`, value: (reads + writes) / (few.reads + few.writes), target: 1 }],
    note: `${keys} keys, ${reads} read units, ${writes} write units`,
  };
}
