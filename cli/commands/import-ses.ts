import type { Command } from 'commander';
import type { ImportSesOptions } from '../import-ses/run-import-ses.ts';
import type { Shell } from '../shell.ts';
import { wholeNumber } from './options.ts';

const TIMEOUT = wholeNumber({ least: 1, most: 1_440 });

const DETAILS = `
What SES lists blocks for every account: an entry for a bounce can be unbounced,
one for a complaint never. The stack does the same every day by itself; this
starts it now, or goes on where a reading stopped, and shows how far it is. The
reading does not need this command: ending it (Ctrl-C) ends nothing else.

SES gives 1,000 entries a second and Region. Without --stack it is the stack on
this machine (npm start -- --ses-stub). It needs sqs:SendMessage on the queue
SesListQueueUrl, dynamodb:GetItem on the table Accounts, and
cloudformation:DescribeStacks and GetTemplate.`;

export function addImportSes(program: Command, shell: Shell): void {
  program
    .command('import-ses')
    .summary("read SES's own suppression list now, and show what that changes")
    .description("Reads SES's own suppression list, page by page. For operators.")
    .option('--stack <name>', 'the deployed stack of that name, for example Rebound')
    .option('--timeout <minutes>', 'how long to watch', TIMEOUT, 60)
    .option('--json', 'as JSON; no progress')
    .addHelpText('after', DETAILS)
    .action(async (_options, command: Command) => {
      // The AWS clients take their time to load, which the other commands need not wait for.
      const { runImportSes } = await import('../import-ses/run-import-ses.ts');
      await runImportSes(command.optsWithGlobals<ImportSesOptions>(), shell);
    });
}
