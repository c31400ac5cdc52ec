import type { Command } from 'commander';
import type { UnbounceRow } from '../../client/index.ts';
import { connect } from '../connect.ts';
import { print, printList } from '../output.ts';
import { type Shell, UsageError } from '../shell.ts';
import { unbouncedText } from '../text/account-text.ts';
import { evidenceText, nameOf } from '../text/common.ts';
import { day, minute } from '../text/layout.ts';
import type { Column } from '../text/table.ts';
import { type ListOptions, type PrintOptions, withJson, withLimit } from './options.ts';
import { expectTypedAgain } from './typed-again.ts';

interface UnbounceOptions extends PrintOptions {
  readonly confirmValid: true;
  readonly evidence?: string;
  readonly note?: string;
  readonly yes?: true;
}

const COLUMNS: readonly Column<UnbounceRow>[] = [
  { title: 'ADDRESS', cell: nameOf },
  { title: 'UNBOUNCED (UTC)', cell: ({ unbouncedAt }) => minute(unbouncedAt) },
  { title: 'WAS', cell: ({ lifted }) => lifted?.reason ?? '-' },
  { title: 'SINCE THEN', cell: afterText },
];

export function addUnbounce(program: Command, shell: Shell): void {
  withJson(program.command('unbounce <address>'))
    .summary('give an address its one second chance')
    .description('Lifts the suppression of an address, once ever. A refused attempt costs nothing.')
    .requiredOption('--confirm-valid', 'you have made sure that the address is valid')
    .option('--evidence <kind>', 'what speaks for it, in a word, such as replied')
    .option('--note <text>', 'what somebody may want to know later; needs --evidence')
    .option('--yes', 'do not ask to type the address again')
    .action(async (address: string, _options, command: Command) => {
      const { evidence: kind, note, ...options } = command.optsWithGlobals<UnbounceOptions>();
      if (note !== undefined && kind === undefined) throw new UsageError('--note needs --evidence.');
      if (!options.yes) {
        await expectTypedAgain(address, { because: 'An address is unbounced once, ever.', shell });
      }
      const client = await connect(options, shell);
      const evidence = kind === undefined ? null : { kind, note: note ?? null };
      await print(await client.unbounce(address, { confirmedValid: true, evidence }), {
        ...options,
        shell,
        text: (unbounced, width) => unbouncedText(unbounced, { asked: address, width }),
      });
    });
}

export function addUnbounces(program: Command, shell: Shell): void {
  withLimit(program.command('unbounces'))
    .description('list the unbounces of a month, newest first, and what came after')
    .option('--month <month>', 'such as 2026-11 (default: the present one)')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ListOptions & { month?: string }>();
      const client = await connect(options, shell);
      const about = options.month === undefined ? {} : { month: options.month };
      await printList({
        ...options,
        shell,
        read: (query) => client.listUnbounces({ ...about, ...query }),
        columns: COLUMNS,
        below: ({ by, evidence }) => `by ${by}; evidence: ${evidenceText(evidence)}`,
        none: 'Nothing was unbounced in that month.',
      });
    });
}

function afterText({ after: { state, at, reason } }: UnbounceRow): string {
  return state === 'fine' ? 'fine' : `${reason} on ${day(at)}`;
}
