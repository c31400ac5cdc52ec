import { type Command, InvalidArgumentError, Option } from 'commander';
import type { NamedColumns } from '../import/columns.ts';
import { FIELDS } from '../import/providers.ts';
import { runImport } from '../import/run-import.ts';
import type { Shell } from '../shell.ts';
import { wholeNumber } from './options.ts';

const CONCURRENCY = wholeNumber({ least: 1, most: 8 });

const DETAILS = `
The list is a CSV file, as Brevo, HubSpot, Mailchimp, Mandrill, Mailgun,
Postmark, SendGrid, SES or SparkPost writes it, or one with columns of such
names. What they say is shown first; --columns corrects it, for example
  --columns address=Contact,reason=Why,date=3
A list of one address a line, or without a column that says why, needs --reason:
a reason of Rebound, or what a provider would say, such as "hard bounce".

Rows count as bounces do, so an unbounce that is newer than a row holds, and the
same list again changes nothing. Unsubscribes and entries that were made by hand
are no bounces and are not taken over. Times without an offset are UTC.

Try it with --dry-run first. When a run stops, repeat it. The exit code is 3
when rows could not be read; --refused keeps them, with line numbers.`;

export function addImport(program: Command, shell: Shell): void {
  program
    .command('import')
    .summary('take over the suppressions of another provider')
    .description('Takes over the suppressions of another provider, or some of your own. For operators.')
    .argument('<file>', 'the list; - reads standard input')
    .option('--dry-run', 'say what would happen, and write nothing')
    .option('--columns <field=column,...>', `where it says what: ${FIELDS.join(', ')}`, readColumns)
    .option('--reason <reason>', 'why, of the rows that do not say it')
    .addOption(
      new Option('--dates <order>', 'which number is the day in dates such as 3/5/2024').choices([
        'dmy',
        'mdy',
      ]),
    )
    .option('--refused <file>', 'write the rows there that are not taken over, with line and cause')
    .option('--concurrency <calls>', 'how many calls at once', CONCURRENCY, 1)
    .option('--json', 'say what it came to as JSON; no progress')
    .addHelpText('after', DETAILS)
    .action((file: string, _options, command: Command) => runImport(file, command.optsWithGlobals(), shell));
}

/** Reads `address=Email,reason=2`. Throws InvalidArgumentError. */
function readColumns(text: string): NamedColumns {
  const pairs = text.split(',').map((pair) => {
    const [, field = '', column = ''] = /^(\w+)=(.+)$/.exec(pair.trim()) ?? [];
    const known = FIELDS.find((name) => name === field);
    if (known === undefined) throw new InvalidArgumentError(`Write ${FIELDS.join('=..., ')}=...`);
    return [known, column] as const;
  });
  return Object.fromEntries(pairs);
}
