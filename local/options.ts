import { join, resolve } from 'node:path';

export interface Options {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly playExamples: boolean;
  /** Whether a stub of SES runs too. */
  readonly sesStub: boolean;
  /** Absolute; holds the synthesized stack, the log and `local.json`. */
  readonly stateDir: string;
  /** A DynamoDB Local that runs already; null starts one. */
  readonly dynamodbEndpoint: string | null;
}

/** The command line or the environment asks for something that does not exist. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Runs the synthesized stack on this machine: SNS, SQS, DynamoDB Local, the functions and the HTTP API.

Usage: npm start
       npm start -- --empty --ses-stub

  --empty      start without the example notifications
  --ses-stub   run a stub of Amazon SES v2 with suppression lists, and ask it as if it were SES
  --help       show this text

Environment:
  PORT               port of the HTTP API on 127.0.0.1 (default 8787; 0 takes any)
  DYNAMODB_ENDPOINT  use this DynamoDB Local instead of starting one (no Java needed)
  REBOUND_STATE_DIR  where local.json, local.log and cdk.out are written (default .rebound)

The store lives in memory and ends with the process.`;

const OPTIONS = ['--empty', '--ses-stub', '--help'];
const DEFAULT_PORT = 8787;

/** Reads the command line and the environment. Throws UsageError. */
export function parseOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): Options | 'help' {
  const unknown = args.find((arg) => !OPTIONS.includes(arg));
  if (unknown !== undefined) throw new UsageError(`Unknown option ${unknown}. See npm start -- --help`);
  if (args.includes('--help')) return 'help';
  return {
    port: parsePort(environment['PORT']),
    playExamples: !args.includes('--empty'),
    sesStub: args.includes('--ses-stub'),
    stateDir: stateDirOf(environment, root),
    dynamodbEndpoint: parseEndpoint(environment['DYNAMODB_ENDPOINT']),
  };
}

/** Where a running instance leaves its addresses; `notify` looks there too. */
export function stateDirOf(environment: Readonly<Record<string, string | undefined>>, root: string): string {
  const given = environment['REBOUND_STATE_DIR'];
  return given === undefined || given === '' ? join(root, '.rebound') : resolve(given);
}

function parsePort(given: string | undefined): number {
  if (given === undefined || given === '') return DEFAULT_PORT;
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) {
    throw new UsageError(`PORT must be a number from 0 to 65535, not ${given}`);
  }
  return port;
}

function parseEndpoint(given: string | undefined): string | null {
  if (given === undefined || given === '') return null;
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) {
    throw new UsageError(`DYNAMODB_ENDPOINT must be a URL like http://127.0.0.1:8000, not ${given}`);
  }
  return given;
}
