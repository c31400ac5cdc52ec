import type { Command } from 'commander';
import type { CorrectionRow } from '../../client/index.ts';
import { connect } from '../connect.ts';
import type { CorrectOptions } from '../correct/correct-options.ts';
import { runCorrection } from '../correct/run-correction.ts';
import { printList } from '../output.ts';
import { whole } from '../quantities.ts';
import { type Shell, UsageError } from '../shell.ts';
import { minute } from '../text/layout.ts';
import type { Column } from '../text/table.ts';
import { type ListOptions, withLimit } from './options.ts';
import { readTime } from './times.ts';

const DETAILS = `
For an incident: a provider answered nonsense, or one bad link made spam of a
campaign. Without --apply it says what would be lifted, and changes nothing.

A reason of an address is lifted when every bounce of it that is still known
lies between --from and --to and is meant; what bounced before or after as well
is kept. Complaints are meant only when --reason or --rule names them. Bounces
of mail sent until --to do not count again. No quota and no unbounce is used.
SES is asked to take what is lifted off its list. At most 31 days at once.

Times are UTC unless they name a zone; a date alone is the whole day.

It may be interrupted (Ctrl-C) and repeated: the same options are the same
correction, an address is lifted once, and a run goes on with what is left.
rebound incidents finds incidents and prints the command for each.`;

export function addCorrect(program: Command, shell: Shell): void {
  program
    .command('correct')
    .summary('take back what bounces of an incident have brought')
    .description(
      'Lifts suppressions that bounces of a window have brought; a dry run at first. For operators.',
    )
    .requiredOption('--from <time>', 'the first bounce that is meant', (text) =>
      readTime(text, { ofDate: 'first' }),
    )
    .requiredOption('--to <time>', 'the last one; it has passed', (text) =>
      readTime(text, { ofDate: 'last' }),
    )
    .option('--reason <reason>', 'only bounces of this reason')
    .option('--rule <rule>', 'only what this row of the policy suppresses, such as B1')
    .option('--domain <domain>', 'only recipients there; a provider (gmail.com) means all of its domains')
    .option('--campaign <id>', 'only bounces of this campaign')
    .option('--all-accounts', 'of every registered account')
    .option('--earlier', 'look also at addresses that were suppressed before --from, for another reason')
    .option('--apply', 'lift them')
    .option('--note <text>', 'why, for those who ask later; addresses in it are not kept')
    .option('--json', 'say what it came to as JSON')
    .addHelpText('after', DETAILS)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CorrectOptions>();
      if (options.allAccounts && program.getOptionValueSource('account') === 'cli') {
        throw new UsageError('Say --account or --all-accounts, not both.');
      }
      await runCorrection(options, shell);
    });
}

const COLUMNS: readonly Column<CorrectionRow>[] = [
  { title: 'FROM (UTC)', cell: ({ from }) => minute(from) },
  { title: 'TO (UTC)', cell: ({ to }) => minute(to) },
  { title: 'ADDRESSES', cell: ({ corrected }) => (corrected === null ? 'not finished' : whole(corrected)) },
  { title: 'MEANT', cell: meantBy },
];

export function addCorrections(program: Command, shell: Shell): void {
  withLimit(program.command('corrections'))
    .description('list what was corrected for the account, the latest windows first')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      const client = await connect(options, shell);
      await printList({
        ...options,
        shell,
        read: (query) => client.listCorrections(query),
        columns: COLUMNS,
        below: ({ by, begunAt, note }) =>
          `begun ${minute(begunAt)} by ${by}${note === null ? '' : `: ${note}`}`,
        none: 'Nothing was corrected.',
      });
    });
}

function meantBy({ reason, rule, domain, campaign }: CorrectionRow): string {
  return [reason, rule, domain, campaign].filter((one) => one !== null).join(', ') || 'every bounce';
}
