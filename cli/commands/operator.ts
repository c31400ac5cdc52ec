import type { Command } from 'commander';
import { connect } from '../connect.ts';
import { print } from '../output.ts';
import type { Shell } from '../shell.ts';
import { erasedText, globalBounceText, releasedText } from '../text/operator-text.ts';
import { type PrintOptions, withJson } from './options.ts';
import { expectTypedAgain } from './typed-again.ts';

const ID_HELP = '\nThe id of a row will do too; write -- before one that begins with -.';

const RELEASE_HELP = `${ID_HELP}
Reports and bounces of mail sent until now never count again. Neither the quota
nor the one unbounce of the address is used. It may be repeated.`;

const ERASE_HELP = `${ID_HELP}
The address goes, in every spelling, and so do receivers' words and notes about
it. The block stays: the filter answers as before. Let a pending removal from
SES's list end first. What remains, and for how long: docs/erasure.md.`;

export function addGlobal(program: Command, shell: Shell): void {
  withJson(program.command('global <address>'))
    .summary('show what all accounts share of an address')
    .description(
      'Shows whether an address is dead for all accounts, who said so, and its releases. For operators.',
    )
    .addHelpText('after', ID_HELP)
    .action(async (address: string, _options, command: Command) => {
      const options = command.optsWithGlobals<PrintOptions>();
      const client = await connect(options, shell);
      const known = await client.readGlobalBounce(address);
      await print(known, { ...options, shell, text: globalBounceText });
    });
}

export function addRelease(program: Command, shell: Shell): void {
  withJson(program.command('release <address>'))
    .summary('end a global bounce, and for a named account its own block')
    .description('Ends a global bounce; with --account also what that account itself blocks. For operators.')
    .requiredOption('--reason <text>', 'a sentence for those who ask later')
    .addHelpText('after', RELEASE_HELP)
    .action(async (address: string, _options, command: Command) => {
      const { reason, ...options } = command.optsWithGlobals<PrintOptions & { reason: string }>();
      // Everywhere else an account that nobody names is the default one.
      const isNamed = program.getOptionValueSource('account') !== 'default';
      const client = await connect(options, shell);
      const account = isNamed ? { account: options.account } : {};
      const released = await client.releaseAddress(address, { reason, ...account });
      await print(released, { ...options, shell, text: releasedText });
    });
}

export function addErase(program: Command, shell: Shell): void {
  withJson(program.command('erase <address>'))
    .summary('remove a person, and keep the block')
    .description(
      'Removes every readable word about an address, in every account, and keeps it blocked. For operators.',
    )
    .option('--yes', 'do not ask to type the address again')
    .addHelpText('after', ERASE_HELP)
    .action(async (address: string, _options, command: Command) => {
      const options = command.optsWithGlobals<PrintOptions & { yes?: true }>();
      if (!options.yes) {
        await expectTypedAgain(address, { because: 'Nobody can bring back what is erased.', shell });
      }
      const client = await connect(options, shell);
      await print(await client.eraseAddress(address), { ...options, shell, text: erasedText });
    });
}
