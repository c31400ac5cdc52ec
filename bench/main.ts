import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench, BenchRun, Measurement } from './bench.ts';
import { type BenchOptions, HELP, readBenchOptions } from './options.ts';
import { cannedAnswer } from './stub/canned-answers.ts';
import { startStub } from './stub/stub-server.ts';
import { tableOf } from './table.ts';

// `npm run bench` runs every bench of this folder; `npm run bench -- NAME...` only those of the named files.
const FULL_ROUNDS = 7;
const QUICK_ROUNDS = 2;

try {
  const options = readBenchOptions(process.argv.slice(2));
  if (options.showsHelp) console.log(HELP);
  else await runBenches(options);
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function runBenches({ isQuick, names }: BenchOptions): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rebound-bench-'));
  const stub = await startStub(cannedAnswer);
  const run: BenchRun = { isQuick, rounds: isQuick ? QUICK_ROUNDS : FULL_ROUNDS, stub, folder };
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, ${run.rounds} rounds`);
  try {
    const measured: Measurement[] = [];
    for (const [name, bench] of await benches(names)) {
      console.log(`\n${bench.title} (bench/${name}.ts)`);
      try {
        const measurements = await bench.measure(run);
        console.log(tableOf(measurements));
        measured.push(...measurements);
      } catch (error) {
        console.error(error);
        process.exitCode = 1;
      }
    }
    console.log(`\nAll together\n${tableOf(measured)}`);
  } finally {
    stub.close();
    rmSync(folder, { recursive: true });
  }
}

async function benches(names: readonly string[]): Promise<(readonly [string, Bench])[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts'));
  const found: (readonly [string, Bench])[] = [];
  for (const name of files.map((file) => path.basename(file, '.ts'))) {
    const isWanted = names.length === 0 || names.includes(name);
    if (name === 'main' || !isWanted) continue;
    const { bench } = (await import(`./${name}.ts`)) as { bench?: Bench };
    if (bench !== undefined) found.push([name, bench]);
  }
  return found;
}
