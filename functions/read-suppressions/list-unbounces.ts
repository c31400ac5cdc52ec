import { type CursorList, invalidCursor, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { readLimit } from '../../lib/http/list-query.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { expected } from '../../lib/http/members.ts';
import { isAddressHash, isInstant, isMonth, readPosition } from '../../lib/http/positions.ts';
import { isoOrNull } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { afterUnbounce } from '../../lib/policy/after-unbounce.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { type Month, monthOf, toIso } from '../../lib/policy/time.ts';
import type { GrantedRow, LedgerStore } from '../../lib/store/ledger-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { type JoinedAddress, type JoiningStore, joinAddresses } from './joined-addresses.ts';

export interface UnbouncesDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly addresses: JoiningStore;
  readonly ledger: LedgerStore;
  readonly policy: Policy;
}

type UnbounceRow = ReturnType<typeof rowAnswer>;

export const UNBOUNCES_FILE: ListFile<UnbounceRow> = {
  name: ({ account, query, receivedAt }) => `${account}-unbounces-${query['month'] ?? monthOf(receivedAt)}`,
  columns: [
    'id',
    'address',
    'erased',
    'unbouncedAt',
    'by',
    'evidence.kind',
    'evidence.note',
    'lifted.reason',
    'lifted.rule',
    'after.state',
    'after.at',
    'after.reason',
  ],
};

/** The unbounces of a month, newest first: who, when, on which evidence, and how the address did afterwards. */
export async function listUnbounces(
  { account, query, receivedAt, deadlineAt }: ApiRequest,
  { accounts, addresses, ledger, policy }: UnbouncesDependencies,
): Promise<ListPage<UnbounceRow>> {
  const asked = readMonth(query['month']);
  const list: CursorList = { account, list: `unbounces ${asked ?? ''}` };
  const after = readPosition(list, query['cursor'], {
    month: isMonth,
    unbouncedAt: isInstant,
    addressHash: isAddressHash,
  });
  // A list that was begun without a month stays in the month in which it was begun.
  const month = asked ?? after?.month ?? monthOf(receivedAt);
  if (after !== null && after.month !== month) {
    throw invalidCursor();
  }
  const limit = readLimit(query);
  knownAccount(await accounts.readAccount(account, deadlineAt));
  const page = await ledger.listUnbounces({ account, month, limit, after, deadlineAt });
  const addressHashes = page.items.map(({ addressHash }) => addressHash);
  const joined = await joinAddresses({ account, addressHashes, deadlineAt }, addresses);
  return {
    items: page.items.map((row) => rowAnswer(row, joined(row.addressHash), policy)),
    cursor: page.next === null ? null : writeCursor(list, page.next),
  };
}

function rowAnswer(
  { addressHash, unbounce }: GrantedRow,
  { address, erased, record }: JoinedAddress,
  policy: Policy,
) {
  const after = afterUnbounce(record ?? emptyRecord(''), unbounce.unbouncedAt, policy);
  return {
    id: addressHash,
    address,
    erased,
    unbouncedAt: toIso(unbounce.unbouncedAt),
    by: unbounce.by,
    evidence: unbounce.evidence,
    lifted: unbounce.lifted,
    after: { ...after, at: isoOrNull(after.at) },
  };
}

function readMonth(text: string | undefined): Month | null {
  if (text !== undefined && !isMonth(text)) {
    throw expected('month', 'a month such as 2026-11');
  }
  return text ?? null;
}
