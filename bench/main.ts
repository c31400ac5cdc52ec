import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Bench, Measurement } from './bench.ts';

// `npm run bench` runs every bench of this folder; `npm run bench -- NAME...` only those of the named files.
const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name !== 'main' && (wanted.length === 0 || wanted.includes(name)));

for (const name of names) {
  const { bench } = (await import(`./${name}.ts`)) as { bench?: Bench };
  if (bench === undefined) continue;
  console.log(`\n${bench.title} (bench/${name}.ts)`);
  for (const measurement of await bench.measure()) console.log(`  ${lineOf(measurement)}`);
}

function lineOf({ what, tookInMs, ratio }: Measurement): string {
  const compared = ratio === undefined ? '' : `   ${ratio.value.toFixed(2)} x ${ratio.to}`;
  return `${what.padEnd(58)} ${tookInMs.toFixed(2).padStart(9)} ms${compared}`;
}
