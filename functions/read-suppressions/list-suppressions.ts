import { type CursorList, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { readLimit, readOptionalChoice } from '../../lib/http/list-query.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { isAddressHash, isInstant, readPosition } from '../../lib/http/positions.ts';
import { isoOrNull } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { REASONS, reasonOf } from '../../lib/policy/reason.ts';
import { lastEnd, unexpired } from '../../lib/policy/standing.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import type { AccountStore, AddressStore, SuppressedAddress } from '../../lib/store/port.ts';

export interface ListDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly addresses: Pick<AddressStore, 'listSuppressions'>;
}

type SuppressionRow = NonNullable<ReturnType<typeof rowAnswer>>;

export const SUPPRESSIONS_FILE: ListFile<SuppressionRow> = {
  name: ({ account }) => `${account}-suppressions`,
  columns: [
    'id',
    'address',
    'erased',
    'reason',
    'rule',
    'until',
    'suppressedAt',
    'policyVersion',
    'status',
    'bouncedAt',
    'campaign',
  ],
};

/** The account's suppressed addresses, newest first. A page may be short: what has ended is left out. */
export async function listSuppressions(
  request: ApiRequest,
  deps: ListDependencies,
): Promise<ListPage<SuppressionRow>> {
  const { account, receivedAt: now, deadlineAt, query } = request;
  const reason = readOptionalChoice(query, 'reason', REASONS);
  const list: CursorList = { account, list: `suppressions ${reason ?? ''}` };
  const after = readPosition(list, query['cursor'], {
    addressHash: isAddressHash,
    suppressedAt: isInstant,
  });
  const limit = readLimit(query);
  knownAccount(await deps.accounts.readAccount(account, deadlineAt));
  const page = await deps.addresses.listSuppressions({ account, limit, after, deadlineAt });
  const items = page.items
    .flatMap((row) => rowAnswer(row, now) ?? [])
    .filter((row) => reason === null || row.reason === reason);
  return { items, cursor: page.next === null ? null : writeCursor(list, page.next) };
}

function rowAnswer({ addressHash, address, suppression, erasedAt }: SuppressedAddress, now: Instant) {
  const standing = unexpired(suppression.standing, now);
  const [first] = standing;
  if (first === undefined) {
    return null;
  }
  return {
    id: addressHash,
    address,
    erased: erasedAt !== null && address === null,
    reason: reasonOf(first.key),
    rule: first.rule,
    until: isoOrNull(lastEnd(standing)),
    suppressedAt: toIso(suppression.suppressedAt),
    policyVersion: suppression.policyVersion,
    status: first.status,
    bouncedAt: isoOrNull(first.bouncedAt),
    campaign: first.campaign,
  };
}
