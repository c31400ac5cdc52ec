import type { Command } from 'commander';
import type { Reason, SuppressionRow } from '../../client/index.ts';
import { connect } from '../connect.ts';
import { print, printList } from '../output.ts';
import type { Shell } from '../shell.ts';
import { nameOf } from '../text/common.ts';
import { day, minute } from '../text/layout.ts';
import { suppressionText } from '../text/suppression-text.ts';
import type { Column } from '../text/table.ts';
import { type ListOptions, type PrintOptions, withJson, withLimit } from './options.ts';

const ID_HELP = '\nThe id of a row will do too; write -- before one that begins with -.';

const COLUMNS: readonly Column<SuppressionRow>[] = [
  { title: 'ADDRESS', cell: nameOf },
  { title: 'REASON', cell: ({ reason }) => reason },
  { title: 'SINCE (UTC)', cell: ({ suppressedAt }) => minute(suppressedAt) },
  { title: 'UNTIL', cell: ({ until }) => day(until) },
];

export function addShow(program: Command, shell: Shell): void {
  withJson(program.command('show <address>'))
    .summary('show all that is known of an address')
    .description(
      'Shows why an address is not sent to, its last bounces, and whether an unbounce is possible.',
    )
    .addHelpText('after', ID_HELP)
    .action(async (address: string, _options, command: Command) => {
      const options = command.optsWithGlobals<PrintOptions>();
      const client = await connect(options, shell);
      await print(await client.readSuppression(address), { ...options, shell, text: suppressionText });
    });
}

export function addList(program: Command, shell: Shell): void {
  withLimit(program.command('list'))
    .description('list the suppressed addresses, newest first')
    .option('--reason <reason>', 'only those that are suppressed for this reason')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ListOptions & { reason?: Reason }>();
      const client = await connect(options, shell);
      const about = options.reason === undefined ? {} : { reason: options.reason };
      await printList({
        ...options,
        shell,
        read: (query) => client.listSuppressions({ ...about, ...query }),
        columns: COLUMNS,
        none: 'No address is suppressed.',
      });
    });
}
