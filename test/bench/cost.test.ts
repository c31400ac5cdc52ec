import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { estimate, totalInUsd, type Usage } from '../../bench/cost/estimate.ts';
import { CostOptionError, readCostOptions } from '../../bench/cost/options.ts';
import { PRICES } from '../../bench/cost/prices.ts';
import { costReport } from '../../bench/cost/report.ts';

const USAGE: Usage = { sends: 1_000_000, bounceRate: 1, checkSize: 10_000, unbounces: 1_000 };

async function amounts(changes: Partial<Usage>): Promise<Record<string, number>> {
  const lines = await estimate({ ...USAGE, ...changes });
  return Object.fromEntries(lines.map(({ what, amount }) => [what, amount]));
}

describe('the estimate', () => {
  test('reads each address once, each suppressed one twice, and two items a call', async () => {
    const { 'check: DynamoDB reads': reads } = await amounts({});
    expect(reads).toBe(1_000_000 + 20_000 + 100 * 2);
    const { 'check: DynamoDB reads': small } = await amounts({ checkSize: 100 });
    expect(small).toBe(1_000_000 + 20_000 + 10_000 * 2);
  });

  test('grows with its amounts and with nothing else', async () => {
    const once = await amounts({});
    const twice = await amounts({ sends: 2 * USAGE.sends, unbounces: 2 * USAGE.unbounces });
    expect(twice).toEqual(
      Object.fromEntries(Object.entries(once).map(([what, amount]) => [what, 2 * amount])),
    );
  });

  test('of nothing is nothing', async () => {
    expect(totalInUsd(await estimate({ ...USAGE, sends: 0, unbounces: 0 }))).toBe(0);
  });

  test('takes each amount at its price', async () => {
    const lines = await estimate(USAGE);
    const reads = lines.filter(({ unit }) => unit === 'read units');
    expect(reads).toHaveLength(3);
    for (const { amount, costInUsd } of reads) expect(costInUsd).toBe(amount * PRICES.readUnit);
  });
});

describe('the command', () => {
  test('takes its options, each with a default', () => {
    expect(readCostOptions([])).toEqual({
      sends: 1_000_000,
      bounceRate: 0.02,
      checkSize: 10_000,
      unbounces: 1_000,
    });
    expect(
      readCostOptions(['--sends', '5', '--bounce-rate', '0.5', '--check-size', '1', '--unbounces', '0']),
    ).toEqual({
      sends: 5,
      bounceRate: 0.5,
      checkSize: 1,
      unbounces: 0,
    });
    expect(readCostOptions(['--help'])).toBeNull();
  });

  test.each([
    ['--sends', '-1'],
    ['--sends', '1.5'],
    ['--sends', ''],
    ['--bounce-rate', '2'],
    ['--check-size', '0'],
    ['--check-size', '10001'],
    ['--unbounces', 'many'],
  ])('refuses %s %j', (name, value) => {
    expect(() => readCostOptions([`${name}=${value}`])).toThrow(CostOptionError);
  });
});

test('docs/cost.md shows what the command prints', async () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/cost.md'), 'utf8');
  expect(text).toContain(costReport(USAGE, await estimate(USAGE)));
});
