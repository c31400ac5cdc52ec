import type { Bench, Measurement } from './bench.ts';
import type { Units } from './metered/meter.ts';
import * as count from './metered/operations.ts';

const STORED = 1_000;

export const bench: Bench = {
  title: 'DynamoDB calls, keys and units of each operation, counted (2 % of the addresses are suppressed)',
  async measure() {
    const deployment = await count.deploy(STORED);
    const { bounced } = deployment;
    const [first = '', second = ''] = bounced;
    await count.countBounce(deployment, 'first@new.example');
    const rows: [string, Units][] = [
      ['filter 100', await count.countFilter(deployment, { unknown: 98, suppressed: 2 })],
      ['filter 10000', await count.countFilter(deployment, { unknown: 9_800, suppressed: 200 })],
      [
        'filter 10000 of a new campaign',
        await count.countFilter(deployment, { unknown: 9_800, suppressed: 200, campaign: 'summer' }),
      ],
      ['record a first bounce', await count.countBounce(deployment, 'second@new.example')],
      ['record the same bounce again', await count.countBounce(deployment, first)],
      ['record ten first bounces of a batch', await count.countTenBounces(deployment, 'ten')],
      [
        'look at an address',
        await count.countRead(deployment, 'suppressions/{address}', { path: { address: second } }),
      ],
      ['unbounce', await count.countUnbounce(deployment, second)],
      [
        'list 100 suppressions',
        await count.countRead(deployment, 'suppressions', { query: { limit: '100' } }),
      ],
    ];
    return rows.map(([what, units]) => describe(what, units));
  },
};

function describe(what: string, { calls, keys, reads, writes }: Units): Measurement {
  const note = `${keys} keys, ${reads} read units, ${writes} write units`;
  return { what: `DynamoDB: ${what}`, value: calls, unit: 'calls', note };
}
