import { type Command, Option } from 'commander';
import type { ListFormat, Outcome, ReboundClient } from '../../client/index.ts';
import { connect, type GlobalOptions } from '../connect.ts';
import { type ExportFormat, exportTexts, type ListPages } from '../export-texts.ts';
import { type Shell, write } from '../shell.ts';

interface ExportOptions extends GlobalOptions {
  readonly format: ExportFormat;
}

type Lists = (client: ReboundClient, format: ListFormat) => readonly ListPages[];

const OUTCOMES: readonly Outcome[] = ['bounced', 'not-sent'];
const ROWS_A_PAGE = 1_000;
const DETAILS = `
CSV is RFC 4180; a cell that begins with = + - @ TAB CR or ' has one more ' in
front, so that no spreadsheet evaluates it: take one ' off to undo it. NDJSON
loses nothing. When the exit code is not 0, the list is not whole.`;

export function addExport(program: Command, shell: Shell): void {
  const all = program.command('export').description('print a whole list as CSV, NDJSON or JSON');
  withFormat(all.command('suppressions'))
    .description('every suppressed address, newest first')
    .action(async (_options, command: Command) => {
      const query = { limit: ROWS_A_PAGE };
      await exportAll(command, shell, (client, format) => [
        client.exportList('listSuppressions', { format, query }),
      ]);
    });
  withFormat(all.command('campaign <id>'))
    .description('who bounced in a campaign, then who was not sent to')
    .addOption(new Option('--outcome <outcome>', 'only these').choices(OUTCOMES))
    .action(async (campaign: string, { outcome }: { outcome?: Outcome }, command: Command) => {
      const outcomes = outcome === undefined ? OUTCOMES : [outcome];
      await exportAll(command, shell, (client, format) =>
        outcomes.map((one) => {
          const query = { outcome: one, limit: ROWS_A_PAGE };
          return client.exportList('listCampaignRecipients', { format, campaign, query });
        }),
      );
    });
  withFormat(all.command('unbounces'))
    .description('the unbounces of a month, newest first')
    .option('--month <month>', 'such as 2026-11 (default: the present one)')
    .action(async ({ month }: { month?: string }, command: Command) => {
      const query = { limit: ROWS_A_PAGE, ...(month !== undefined && { month }) };
      await exportAll(command, shell, (client, format) => [
        client.exportList('listUnbounces', { format, query }),
      ]);
    });
}

function withFormat(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['csv', 'ndjson', 'json']).default('csv'),
    )
    .addHelpText('after', DETAILS);
}

async function exportAll(command: Command, shell: Shell, lists: Lists): Promise<void> {
  const { format, ...options } = command.optsWithGlobals<ExportOptions>();
  const client = await connect(options, shell);
  const pages = lists(client, format === 'csv' ? 'csv' : 'ndjson');
  for await (const text of exportTexts(pages, format)) await write(shell.stdout, text);
}
