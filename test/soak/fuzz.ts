import { type FuzzResult, fuzzNotifications, fuzzRequests } from '../fuzz/fuzz.ts';
import { createProgress, readSoakOptions } from './soak.ts';

// Requests and notifications of any bytes: documented answers, nothing thrown, nothing that every object inherits changed,
// no address in a log, no request that takes for ever.
// node test/soak/fuzz.ts [--seed N] [--scale N]

const REQUESTS = 100_000;
const NOTIFICATIONS = 100_000;

const { seed, scale } = readSoakOptions();
const rejections: unknown[] = [];
process.on('unhandledRejection', (reason) => rejections.push(reason));
console.log(`fuzz: seed ${seed}, scale ${scale}`);

const parts = [
  ['requests', fuzzRequests, REQUESTS],
  ['notifications', fuzzNotifications, NOTIFICATIONS],
] as const;
for (const [what, fuzz, most] of parts) {
  const count = Math.ceil(most * scale);
  const progress = createProgress();
  const onProgress = (done: number) => progress(() => `${done} of ${count} ${what}`);
  tell(what, count, await fuzz({ seed, count, onProgress }));
}
if (rejections.length > 0) {
  console.error(`${rejections.length} rejections that nobody handled`, rejections.slice(0, 5));
  process.exitCode = 1;
}
console.log(`fuzz: ${process.exitCode === 1 ? 'FAILED' : 'passed'}`);

function tell(what: string, count: number, { outcomes, faults, slowestInMs }: FuzzResult): void {
  console.log(`${count} ${what}: ${faults.length} faults, the slowest took ${slowestInMs.toFixed(0)} ms`);
  for (const [outcome, times] of [...outcomes].sort())
    console.log(`  ${String(times).padStart(7)}  ${outcome}`);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
