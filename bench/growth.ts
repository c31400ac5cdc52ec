import type { Bench, Measurement } from './bench.ts';
import type { Units } from './metered/meter.ts';
import * as count from './metered/operations.ts';

/**
 * DynamoDB answers a key in the same time and at the same price however many there are, so what can grow is what is
 * asked for. That is counted: once with few stored and once with many.
 */
export const bench: Bench = {
  title: 'Growth: the units of an operation with much stored, beside those with little',
  async measure({ isQuick }) {
    const shrink = isQuick ? 10 : 1;
    return [
      await compare(filterCall, { few: 10_000 / shrink, many: 1_000_000 / shrink, of: 'bounces stored' }),
      ...(await compareReads({ few: 200, many: 20_000 / shrink, of: 'in the campaign' })),
      await compare(unbounce, { few: 0, many: 999, of: 'unbounces in the month' }),
    ];
  },
};

interface Scale {
  readonly few: number;
  readonly many: number;
  readonly of: string;
}

async function compare(
  { what, counted }: { what: string; counted: (amount: number) => Promise<Units> },
  { few, many, of }: Scale,
): Promise<Measurement> {
  return describe(`${what}, ${many} ${of}`, await counted(many), { to: `${few}`, units: await counted(few) });
}

const filterCall = {
  what: 'filter 1000',
  async counted(stored: number): Promise<Units> {
    const deployment = await count.deploy(20);
    await count.storeMore(deployment, stored - 20);
    return await count.countFilter(deployment, { unknown: 980, suppressed: 20 });
  },
};

const unbounce = {
  what: 'unbounce',
  async counted(before: number): Promise<Units> {
    const deployment = await count.deploy(before + 1);
    const [address = '', ...others] = deployment.bounced;
    for (const other of others) await count.countUnbounce(deployment, other);
    return await count.countUnbounce(deployment, address);
  },
};

async function compareReads({ few, many, of }: Scale): Promise<Measurement[]> {
  const before = await countAll(few);
  const after = await countAll(many);
  return [...before].map(([what, units]) =>
    describe(`${what}, ${many} ${of}`, after.get(what) ?? units, { to: `${few}`, units }),
  );
}

async function countAll(stored: number): Promise<ReadonlyMap<string, Units>> {
  const deployment = await count.deploy(stored);
  const path = count.IN_CAMPAIGN;
  const query = { outcome: 'bounced', limit: '100' };
  return new Map([
    ['record a first bounce', await count.countBounce(deployment, 'first@new.example')],
    ['100 suppressions', await count.countRead(deployment, 'suppressions', { query: { limit: '100' } })],
    ['campaign', await count.countRead(deployment, 'campaigns/{campaign}', { path })],
    [
      '100 of its recipients',
      await count.countRead(deployment, 'campaigns/{campaign}/recipients', { path, query }),
    ],
  ]);
}

function describe(
  what: string,
  { calls, keys, reads, writes }: Units,
  few: { readonly to: string; readonly units: Units },
): Measurement {
  const value = (reads + writes) / (few.units.reads + few.units.writes);
  return {
    what: `growth: ${what}`,
    value: calls,
    unit: 'calls',
    ratios: [{ to: `with ${few.to}`, value, target: 1 }],
    note: `${keys} keys, ${reads} read units, ${writes} write units`,
  };
}
