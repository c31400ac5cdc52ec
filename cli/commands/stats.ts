import type { Command } from 'commander';
import { connect } from '../connect.ts';
import { print } from '../output.ts';
import type { Shell } from '../shell.ts';
import { statsText } from '../text/stats-text.ts';
import { type PrintOptions, wholeNumber, withJson } from './options.ts';

interface StatsOptions extends PrintOptions {
  readonly days: number;
}

export function addStats(program: Command, shell: Shell): void {
  withJson(program.command('stats'))
    .summary('say how many bounced, by reason and day')
    .description("Says how many bounced, about, by reason and day; and SES's own bounce rate.")
    .option('--days <count>', 'how far back, today included', wholeNumber({ least: 1, most: 90 }), 30)
    .action(async (_options, command: Command) => {
      const { days, ...options } = command.optsWithGlobals<StatsOptions>();
      const client = await connect(options, shell);
      await print(await client.readStats({ days }), { ...options, shell, text: statsText });
    });
}
