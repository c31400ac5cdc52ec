import type { Command } from 'commander';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import type { AccountsOptions } from '../accounts.ts';
import { connect } from '../connect.ts';
import { findIncidents, type Incidents } from '../incidents/find-incidents.ts';
import { print } from '../output.ts';
import { type Shell, UsageError } from '../shell.ts';
import { createStatusLine } from '../status-line.ts';
import { correctionCommand, incidentsText } from '../text/incidents-text.ts';
import { wholeNumber } from './options.ts';

interface IncidentsOptions extends AccountsOptions {
  readonly days?: number;
  readonly hours?: number;
  readonly json?: true;
}

const DEFAULT_DAYS = 7;
const DETAILS = `
A burst is an hour in which a provider bounced under one rule 20 times or more,
five times as often as was to be expected, and twice as often as in its busiest
hour so far. To be expected is its hourly mean of the 28 days before, or its
share in all bounces of these days, of what else bounced in that very hour; the
greater of the two. So a large campaign is no burst, and neither is one that
comes every week. Without 50 bounces in the past nothing can be said.

It reads the list of suppressed addresses. What it prints is a hint, with the
command that says what could be lifted; that is a dry run.`;

export function addIncidents(program: Command, shell: Shell): void {
  program
    .command('incidents')
    .summary('point at bursts: a provider that bounced far more than it used to')
    .description('Points at hours in which a provider bounced far more under one rule than it used to.')
    .option(
      '--days <days>',
      `how far back to look (default: ${DEFAULT_DAYS})`,
      wholeNumber({ least: 1, most: 60 }),
    )
    .option('--hours <hours>', 'the same in hours', wholeNumber({ least: 1, most: 1_440 }))
    .option('--all-accounts', 'of every registered account, taken together')
    .option('--json', 'as JSON')
    .addHelpText('after', DETAILS)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<IncidentsOptions>();
      if (options.days !== undefined && options.hours !== undefined) {
        throw new UsageError('Say --days or --hours, not both.');
      }
      await showIncidents(options, shell);
    });
}

async function showIncidents(options: IncidentsOptions, shell: Shell): Promise<void> {
  const { hours, days = DEFAULT_DAYS, json } = options;
  const now = shell.clock();
  const from = now - (hours === undefined ? days * DAY_IN_MS : hours * HOUR_IN_MS);
  const client = await connect(options, shell);
  const status = createStatusLine(shell.stderr, shell.clock);
  const found = await findIncidents(client, { ...options, from, to: now, status }).finally(status.stop);
  if (json) {
    await print(answerOf(found, { ...options, now }), { shell, json, text: String });
    return;
  }
  await print(found, { shell, text: (all, width) => incidentsText(all, { ...options, from, now, width }) });
}

function answerOf({ bursts, read }: Incidents, options: AccountsOptions & { readonly now: number }) {
  return {
    read,
    bursts: bursts.map((burst) => ({
      ...burst,
      from: toIso(burst.from),
      to: toIso(burst.to),
      command: correctionCommand(burst, options),
    })),
  };
}
