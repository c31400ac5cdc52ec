import { parseArgs } from 'node:util';
import { isAccountId } from '../../lib/policy/account.ts';

/** Where the tables are. */
export type Place =
  | { readonly kind: 'local' }
  | { readonly kind: 'stack'; readonly name: string }
  | { readonly kind: 'tables'; readonly tables: ReconciledTables; readonly overridesFile: string | null };

export interface ReconciledTables {
  readonly addressBounces: string;
  readonly unbounceQuotas: string;
}

export interface ReconcileOptions {
  readonly place: Place;
  /** Null for all of them. */
  readonly account: string | null;
  readonly fix: boolean;
  readonly json: boolean;
  /** How many of each kind of drift are named. */
  readonly samples: number;
}

/** The command line asks for something that does not exist. */
export class ReconcileUsageError extends Error {
  override readonly name = 'ReconcileUsageError';
}

export const RECONCILE_HELP = `Works out quotas and suppressions again from what they rest on, and reports where what is stored differs.

Usage: npm run reconcile -- [--account ID] [--fix] [--json] [--samples N]
       npm run reconcile -- --stack NAME ...
       npm run reconcile -- --tables addressBounces=NAME,unbounceQuotas=NAME --policy-overrides FILE ...

  --stack NAME             the deployed stack of that name (default: the one that npm start runs here)
  --tables ...             the tables by their names, for example of a restored backup
  --policy-overrides FILE  with --tables: the deployment's rows of context policyOverrides as JSON; "none" where it has none
  --account ID             one account only (the addresses are read all the same)
  --fix                    repair suppressions and status items; never a counter, the ledger or a block whose facts are lost
  --json                   print the report as JSON
  --samples N              name so many of each kind, 0 to 100000 (default 10)
  --help                   show this text

Uses the usual AWS credentials and region. Addresses are named by their ids only. docs/operations.md says what to do about each kind.

Exit codes: 0 no drift, or all of it repaired; 1 drift; 2 wrong usage, or something could not be read.`;

const DEFAULT_SAMPLES = 10;
const MOST_SAMPLES = 100_000;

/** Reads the command line. Throws ReconcileUsageError. */
export function parseReconcileOptions(args: readonly string[]): ReconcileOptions | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  const { account, fix, json } = values;
  if (account !== undefined && !isAccountId(account)) throw new ReconcileUsageError('--account takes an id');
  return { place: placeOf(values), account: account ?? null, fix, json, samples: samplesOf(values.samples) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        stack: { type: 'string' },
        tables: { type: 'string' },
        'policy-overrides': { type: 'string' },
        account: { type: 'string' },
        fix: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        samples: { type: 'string', default: String(DEFAULT_SAMPLES) },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new ReconcileUsageError((error as Error).message);
  }
}

function placeOf({ stack, tables, ...values }: ReturnType<typeof parsed>): Place {
  const file = values['policy-overrides'];
  if (stack !== undefined && tables !== undefined)
    throw new ReconcileUsageError('Choose --stack or --tables');
  if ((tables === undefined) !== (file === undefined)) {
    throw new ReconcileUsageError(
      '--tables and --policy-overrides need each other: tables do not tell the rules',
    );
  }
  if (tables !== undefined) {
    return {
      kind: 'tables',
      tables: tablesOf(tables),
      overridesFile: file === 'none' ? null : (file ?? null),
    };
  }
  return stack === undefined ? { kind: 'local' } : { kind: 'stack', name: stack };
}

function tablesOf(text: string): ReconciledTables {
  const { addressBounces, unbounceQuotas, ...others } = Object.fromEntries(
    text.split(',').map((pair) => pair.split('=') as [string, string | undefined]),
  );
  if (!addressBounces || !unbounceQuotas || Object.keys(others).length > 0) {
    throw new ReconcileUsageError('--tables takes addressBounces=NAME,unbounceQuotas=NAME');
  }
  return { addressBounces, unbounceQuotas };
}

function samplesOf(text: string): number {
  const samples = Number(text);
  if (!/^\d{1,6}$/.test(text) || samples > MOST_SAMPLES) {
    throw new ReconcileUsageError(`--samples takes a number from 0 to ${MOST_SAMPLES}`);
  }
  return samples;
}
