import { estimate } from './estimate.ts';
import { COST_HELP, CostOptionError, readCostOptions } from './options.ts';
import { costReport } from './report.ts';

try {
  const usage = readCostOptions(process.argv.slice(2));
  console.log(usage === null ? COST_HELP : costReport(usage, await estimate(usage)));
} catch (error) {
  if (!(error instanceof CostOptionError || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
