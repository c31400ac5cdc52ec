import { Command } from 'commander';
import { addAccount, addQuota } from './commands/account.ts';
import { addCampaign, addCampaigns } from './commands/campaigns.ts';
import { addConnect } from './commands/connect.ts';
import { addCorrect, addCorrections } from './commands/correct.ts';
import { addExport } from './commands/export.ts';
import { addFilter } from './commands/filter.ts';
import { addImport } from './commands/import.ts';
import { addImportSes } from './commands/import-ses.ts';
import { addIncidents } from './commands/incidents.ts';
import { addErase, addGlobal, addRelease } from './commands/operator.ts';
import { addRedrive } from './commands/redrive.ts';
import { addStats } from './commands/stats.ts';
import { addList, addShow } from './commands/suppressions.ts';
import { addUnbounce, addUnbounces } from './commands/unbounce.ts';
import type { Shell } from './shell.ts';

const DETAILS = `
Without --api it talks to the stack on this machine (npm start). Calls of a
deployed API are signed with the usual AWS credentials, or carry the token.
REBOUND_API and REBOUND_TOKEN stand in for the options.

Exit codes: 0 done, 1 failed (try again later), 2 wrong usage or unreadable
list, 3 refused by Rebound, 130 interrupted.`;

const COMMANDS = [
  addFilter,
  addImport,
  addImportSes,
  addShow,
  addList,
  addCampaigns,
  addCampaign,
  addStats,
  addUnbounce,
  addUnbounces,
  addQuota,
  addAccount,
  addConnect,
  addExport,
  addIncidents,
  addCorrect,
  addCorrections,
  addGlobal,
  addRelease,
  addErase,
  addRedrive,
];

/** The command line of Rebound. */
export function createProgram(shell: Shell): Command {
  const program = new Command('rebound')
    .description('Keeps mail from addresses that bounced: filter lists, look addresses up, unbounce, export.')
    .option('--api <url>', 'where the API is')
    .option('--account <id>', 'whom it is about', 'default')
    .option('--token <token>', 'a bearer token; better in REBOUND_TOKEN, which no other process sees')
    .option('--region <region>', 'the AWS Region to sign for (default: that of the URL, or AWS_REGION)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    })
    .exitOverride()
    .addHelpText('after', DETAILS);
  for (const add of COMMANDS) add(program, shell);
  return program;
}
