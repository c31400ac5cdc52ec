import { type Command, InvalidArgumentError } from 'commander';
import type { GlobalOptions } from '../connect.ts';

export interface PrintOptions extends GlobalOptions {
  readonly json?: true;
}

export interface ListOptions extends PrintOptions {
  readonly limit: number;
}

const MOST_ROWS = 1_000_000;

/** The options of what prints one thing. */
export function withJson(command: Command): Command {
  return command.option('--json', 'as the API answers it');
}

/** The options of what prints a list. */
export function withLimit(command: Command): Command {
  return command
    .option('--json', 'as the API answers it, in one page')
    .option('--limit <rows>', 'how many rows to show', wholeNumber({ least: 1, most: MOST_ROWS }), 50);
}

/** What reads a whole number. Throws InvalidArgumentError. */
export function wholeNumber({ least, most }: { readonly least: number; readonly most: number }) {
  return (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
  };
}
