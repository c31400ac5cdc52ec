import type { Command } from 'commander';
import { runFilter } from '../filter/run-filter.ts';
import type { Shell } from '../shell.ts';
import { wholeNumber } from './options.ts';

const CONCURRENCY = wholeNumber({ least: 1, most: 32 });

const DETAILS = `
The list is a CSV file (comma, semicolon, tab or |; with or without a header) or
has one address a line. A first line that holds an address is no header. Rows to
send come out byte by byte as they went in, in their order. An address that
stands further up is a duplicate (up to 5.8 million addresses are remembered).

--not-sent writes CSV: eight columns that say why, then the columns of the list.
A cell that a spreadsheet would evaluate, or that begins with ', gets one more '
in front.

With --send a run that was stopped, however it was, goes on with --resume where
FILE.checkpoint says, and every row is written once. Standard output cannot be
cut, so without --send a run starts over. Verdicts hold for the moment at which
they are given: send soon. The exit code is 0 also when some are not sent.`;

export function addFilter(program: Command, shell: Shell): void {
  program
    .command('filter')
    .summary('say of each row of a list whether to mail it')
    .description('Writes the rows that may be mailed, and keeps the others back with the reason.')
    .argument('<file>', 'the list; - reads standard input')
    .option('--campaign <id>', 'keep who is not sent to for the audit of this campaign')
    .option('--send <file>', 'write the rows to send there instead of to standard output')
    .option('--not-sent <file>', 'write the other rows there, with the reason')
    .option('--resume', 'go on where an earlier run stopped; needs --send')
    .option(
      '--column <name>',
      'the column of addresses, by name or number (default: by name, else by content)',
    )
    .option('--concurrency <calls>', 'how many calls at once', CONCURRENCY, 4)
    .option('--json', 'say what the run came to as JSON, on standard error; no progress')
    .addHelpText('after', DETAILS)
    .action((file: string, _options, command: Command) => runFilter(file, command.optsWithGlobals(), shell));
}
