import { writeSync } from 'node:fs';
import { measureFunction } from './function.ts';
import type { Job, PureJob } from './job.ts';
import { measurePure } from './pure.ts';

// The process that is measured. It gets its job as an argument and writes the result to descriptor 3, so that
// what a function prints goes where the parent leads it.
const RESULT = 3;

async function main(): Promise<void> {
  const job = JSON.parse(process.argv[2] ?? '') as Job;
  const result = isPure(job) ? measurePure(job) : await measureFunction(job);
  writeSync(RESULT, JSON.stringify(result));
  process.exit(0);
}

function isPure(job: Job): job is PureJob {
  return job.kind === 'normalise' || job.kind === 'notification';
}

main().catch((error: unknown) => {
  // Without its trace, which would quote a whole bundle.
  console.error(String(error));
  process.exit(1);
});
