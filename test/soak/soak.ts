import { parseArgs } from 'node:util';
import { closeHost, HOST_VARIABLE, openHost } from '../support/dynamo-local-host.ts';

/** How a soak was asked to run. */
export interface SoakOptions {
  readonly seed: number;
  /** 1 for the full run; 0.1 for a tenth of it. */
  readonly scale: number;
}

const SEED = 20261123;
/** A long run is worth an optimising compiler. */
const JAVA_OPTIONS = '-XX:+UseSerialGC';

/** Reads `--seed N` and `--scale N`. */
export function readSoakOptions(args: readonly string[] = process.argv.slice(2)): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string' }, scale: { type: 'string' } },
  });
  const options = { seed: Number(values.seed ?? SEED), scale: Number(values.scale ?? 1) };
  if (!Number.isSafeInteger(options.seed) || !(options.scale > 0)) {
    throw new Error('--seed takes a whole number, --scale one above 0.');
  }
  return options;
}

/** Runs the parts of a soak with a DynamoDB Local, which ends with them; a failure ends the process with code 1. */
export async function soak(name: string, run: (options: SoakOptions) => Promise<void>): Promise<void> {
  const startedAt = Date.now();
  try {
    const options = readSoakOptions();
    console.log(`${name}: seed ${options.seed}, scale ${options.scale}`);
    process.env['JDK_JAVA_OPTIONS'] ??= JAVA_OPTIONS;
    process.env[HOST_VARIABLE] = await openHost();
    await run(options);
    console.log(`${name}: passed in ${secondsSince(startedAt)} s`);
  } catch (error) {
    console.error(error);
    console.error(`${name}: FAILED after ${secondsSince(startedAt)} s`);
    process.exitCode = 1;
  } finally {
    await closeHost();
  }
}

/** Says how far a part is, at most every ten seconds. */
export function createProgress(): (line: () => string) => void {
  let saidAt = Date.now();
  return (line) => {
    if (Date.now() - saidAt < 10_000) return;
    saidAt = Date.now();
    console.log(`  ${line()}`);
  };
}

function secondsSince(startedAt: number): string {
  return ((Date.now() - startedAt) / 1_000).toFixed(0);
}
