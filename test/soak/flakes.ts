import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../local/instance.ts';

// The tests again and again, those of a file in another order each time: one that fails once is a flake.
// npm run flakes [-- RUNS [FOLDER...]]

interface Outcome {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const [runs = '20', ...folders] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rebound-flakes-'));
const failures = new Map<string, number>();
for (let run = 1; run <= Number(runs); run += 1) {
  const outcome = runOnce(run);
  const failed = failedIn(outcome);
  for (const name of failed) failures.set(name, (failures.get(name) ?? 0) + 1);
  console.log(`run ${run} of ${runs} (seed ${run}): ${outcome.numTotalTests} tests, ${failed.length} failed`);
  for (const name of failed) console.error(`  ${name}`);
}
rmSync(folder, { recursive: true });
for (const [name, count] of failures) console.error(`${count} of ${runs} times: ${name}`);
console.log(`${failures.size} tests failed at least once in ${runs} runs`);
process.exitCode = failures.size === 0 ? 0 : 1;

function runOnce(seed: number): Outcome {
  const outputFile = join(folder, `${seed}.json`);
  const options = ['--randomize', '--seed', String(seed), '--json', '--outputFile', outputFile];
  spawnSync(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), ...options, ...folders], {
    cwd: ROOT,
    stdio: 'ignore',
  });
  return JSON.parse(readFileSync(outputFile, 'utf8'));
}

/** A file that could not be read at all counts by its own name. */
function failedIn({ testResults }: Outcome): readonly string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    return assertionResults.length === 0 && message !== '' ? [name] : failed.map(({ fullName }) => fullName);
  });
}
