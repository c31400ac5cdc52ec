import { type CursorList, writeCursor } from '../../lib/http/cursor.ts';
import { readLimit } from '../../lib/http/list-query.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { readPosition } from '../../lib/http/positions.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { isAccountId } from '../../lib/policy/account.ts';
import type { AccountStore } from '../../lib/store/port.ts';

interface AccountRow {
  readonly account: string;
}

export const ACCOUNTS_FILE: ListFile<AccountRow> = { name: () => 'accounts', columns: ['account'] };

const LIST: CursorList = { account: '', list: 'accounts' };

/** Every registered account: the default one first, then by their ids. */
export async function listAccounts(
  { query, deadlineAt }: ApiRequest,
  { accounts }: { readonly accounts: Pick<AccountStore, 'listAccounts'> },
): Promise<ListPage<AccountRow>> {
  const after = readPosition(LIST, query['cursor'], { account: isAccountId });
  const page = await accounts.listAccounts({ limit: readLimit(query), after, deadlineAt });
  return {
    items: page.items.map((account) => ({ account })),
    cursor: page.next === null ? null : writeCursor(LIST, page.next),
  };
}
