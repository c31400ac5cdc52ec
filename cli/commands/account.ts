import type { Command } from 'commander';
import { connect } from '../connect.ts';
import { print } from '../output.ts';
import { type Shell, UsageError } from '../shell.ts';
import { accountQuotaText, accountText } from '../text/account-text.ts';
import { type PrintOptions, wholeNumber, withJson } from './options.ts';

interface Settings extends PrintOptions {
  readonly contacts?: number;
  readonly identity?: readonly string[];
}

const CONTACTS = wholeNumber({ least: 0, most: 1_000_000_000 });

export function addQuota(program: Command, shell: Shell): void {
  withJson(program.command('quota'))
    .description('say how many unbounces are left this month')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<PrintOptions>();
      const client = await connect(options, shell);
      await print(await client.readUnbounceQuota(), { ...options, shell, text: accountQuotaText });
    });
}

export function addAccount(program: Command, shell: Shell): void {
  const account = program.command('account').description('show or change the settings of the account');
  withJson(account.command('show'))
    .description('show contacts, sending identities and quota')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<PrintOptions>();
      const client = await connect(options, shell);
      await print(await client.readAccount(), { ...options, shell, text: accountText });
    });
  withJson(account.command('set'))
    .summary('register the account, or change its settings')
    .description('Registers the account or changes its settings; what is not named stays. For operators.')
    .option('--contacts <count>', 'how many contacts there are; the quota is counted from it', CONTACTS)
    .option('--identity <name...>', 'a domain or address that it sends from; those named replace the others')
    .action(async (_options, command: Command) => {
      const { contacts, identity, ...options } = command.optsWithGlobals<Settings>();
      if (contacts === undefined && identity === undefined) {
        throw new UsageError('Say what to set: --contacts, --identity or both.');
      }
      const client = await connect(options, shell);
      const account = await client.saveAccount({
        ...(contacts !== undefined && { contacts }),
        ...(identity !== undefined && { sendingIdentities: identity }),
      });
      await print(account, { ...options, shell, text: accountText });
    });
}
