import { pagesOf, type ReboundClient } from '../client/index.ts';
import type { GlobalOptions } from './connect.ts';

export interface AccountsOptions extends GlobalOptions {
  readonly allAccounts?: true;
}

/** Whom a command is about: one account, or every registered one. */
export async function* accountsOf(
  client: ReboundClient,
  { account, allAccounts }: AccountsOptions,
): AsyncGenerator<string, void, undefined> {
  if (!allAccounts) {
    yield account;
    return;
  }
  for await (const { items } of pagesOf((position) => client.listAccounts({ limit: 1_000, ...position }))) {
    for (const { account } of items) yield account;
  }
}
