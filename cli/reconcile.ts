import { resolve } from 'node:path';
import { stateDirOf } from '../local/options.ts';
import { printable } from './printable.ts';
import { ClockError } from './reconcile/check-addresses.ts';
import { DeploymentError, openDeployment } from './reconcile/deployment.ts';
import {
  parseReconcileOptions,
  RECONCILE_HELP,
  type ReconcileOptions,
  ReconcileUsageError,
} from './reconcile/options.ts';
import { emptyTally, type Tally } from './reconcile/reconciliation.ts';
import { reconcile, reportText } from './reconcile/report.ts';

const PROGRESS_EVERY_MS = 5_000;

process.exitCode = await main();

async function main(): Promise<number> {
  let options: ReconcileOptions | 'help';
  try {
    options = parseReconcileOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ReconcileUsageError)) throw error;
    console.error(`${printable(error.message)}\n\n${RECONCILE_HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(RECONCILE_HELP);
    return 0;
  }
  try {
    return await run(options);
  } catch (error) {
    const isExpected = error instanceof DeploymentError || error instanceof ClockError;
    const words = isExpected ? '' : 'Not everything could be read: ';
    console.error(words + printable((error as Error).message));
    return 2;
  }
}

async function run(options: ReconcileOptions): Promise<number> {
  const stateDir = stateDirOf(process.env, resolve(import.meta.dirname, '..'));
  const deployment = await openDeployment(options.place, stateDir);
  const tally = emptyTally();
  const progress = setInterval(showProgress, PROGRESS_EVERY_MS, tally, Date.now());
  try {
    const report = await reconcile(deployment, options, tally);
    console.log(options.json ? JSON.stringify(report, null, 2) : reportText(report));
    return report.left === 0 ? 0 : 1;
  } finally {
    clearInterval(progress);
  }
}

function showProgress({ months, addresses }: Tally, startedAt: number): void {
  const rate = Math.round((addresses * 1000) / (Date.now() - startedAt));
  console.error(`${months} months of quotas and ${addresses} addresses so far, ${rate} addresses a second`);
}
