import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly isQuick: boolean;
  readonly showsHelp: boolean;
  /** Names of files of this folder; empty for all. */
  readonly names: readonly string[];
}

export const HELP = `Measures Rebound's functions beside two yardsticks: "floor", a bare signed HTTPS client, and "usual", the document
client with a validator, middleware, a logger and metrics. The result are ratios within one run.

  npm run bench [-- NAME...]      all benches, or only those of bench/NAME.ts; about five minutes
  npm run bench -- --quick        fewer rounds, under a minute: tells what is broken, not how fast it is
  npm run bench -- --help         this text
`;

/** Throws TypeError for an option that there is not. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { isQuick: values.quick, showsHelp: values.help, names: positionals };
}
