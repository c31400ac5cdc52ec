import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// npm run soak: every long run, one after the other, or those that are named.

/** In the order in which they run. Those with a seed take `--seed` and `--scale`. */
const SOAKS = [
  {
    name: 'convergence',
    hasSeed: true,
    what: 'random notifications under faults against an order-free model',
  },
  { name: 'quota', hasSeed: true, what: 'random unbounces, and bursts of 400 at once, against their limit' },
  { name: 'filter', hasSeed: true, what: 'a million verdicts under faults' },
  { name: 'fuzz', hasSeed: true, what: 'requests and notifications of any bytes' },
  { name: 'logs', hasSeed: false, what: 'every route and address, and no address in what is printed' },
  {
    name: 'campaign-pages',
    hasSeed: false,
    what: 'what a page of a campaign costs, of 1,000 rows and of 100,000',
  },
  { name: 'redrive', hasSeed: false, what: 'dead letters sent back by a command that is killed three times' },
  {
    name: 'import-list',
    hasSeed: false,
    what: 'ten thousand entries taken over, and once more in another order',
  },
  { name: 'main', hasSeed: false, what: 'a million addresses through `rebound filter`, killed and resumed' },
] as const;

/** A run that has not ended by then never will. */
const MOST_MINUTES = 120;
const HELP = `npm run soak [-- NAME... [--seed N] [--scale N]]

Runs the long tests, each as a process of its own; without names all of them. Ends with code 1 when one fails.
--seed N   another seed than the fixed one      --scale N   0.1 for a tenth of the work (both for those with a seed)

${SOAKS.map(({ name, hasSeed, what }) => `  ${name.padEnd(16)}${what}${hasSeed ? '' : ' (no seed)'}`).join('\n')}
`;

type Soak = (typeof SOAKS)[number];

const args = process.argv.slice(2);
process.exitCode = args.includes('--help') ? help() : await runAll(args);

function help(): number {
  console.log(HELP);
  return 0;
}

async function runAll(all: readonly string[]): Promise<number> {
  const optionsAt = all.findIndex((one) => one.startsWith('--'));
  const names = optionsAt === -1 ? all : all.slice(0, optionsAt);
  const options = optionsAt === -1 ? [] : all.slice(optionsAt);
  const unknown = names.filter((name) => !SOAKS.some((one) => one.name === name));
  if (unknown.length > 0) {
    console.error(`There is no soak ${unknown.join(', ')}.\n\n${HELP}`);
    return 2;
  }
  const chosen = SOAKS.filter(({ name }) => names.length === 0 || names.includes(name));
  const failed: string[] = [];
  for (const one of chosen) {
    console.log(`\n== ${one.name}: ${one.what} (${new Date().toISOString()})`);
    if (!(await runOne(one, options))) failed.push(one.name);
  }
  console.log(failed.length === 0 ? `\n${chosen.length} passed` : `\nFAILED: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

async function runOne({ name, hasSeed }: Soak, options: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [fileOf(name), ...(hasSeed ? options : [])], { stdio: 'inherit' });
  const timer = new AbortController();
  const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code === 0)));
  const tooLong = sleep(MOST_MINUTES * 60_000, false, { signal: timer.signal }).catch(() => false);
  const hasPassed = await Promise.race([ended, tooLong]);
  timer.abort();
  child.kill('SIGTERM');
  return hasPassed;
}

function fileOf(name: string): string {
  return join(import.meta.dirname, `${name}.ts`);
}
