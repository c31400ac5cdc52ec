import { type CursorList, invalidCursor, readCursor, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { expected } from '../../lib/http/members.ts';
import { parsePathAddress } from '../../lib/http/path-address.ts';
import { isoOrNull } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { REASONS, type Reason, reasonOf } from '../../lib/policy/reason.ts';
import { lastEnd, unexpired } from '../../lib/policy/standing.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import type {
  AccountStore,
  AddressStore,
  SuppressedAddress,
  SuppressionPosition,
} from '../../lib/store/port.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

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
  const reason = readReason(query['reason']);
  const list: CursorList = { account, list: `suppressions ${reason ?? ''}` };
  const after = readPosition(list, query['cursor']);
  const limit = readLimit(query['limit']);
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

/** A forged cursor may hold anything, and must lead nowhere but to a place in this account's list. */
function readPosition(list: CursorList, cursor: string | undefined): SuppressionPosition | null {
  const { addressHash = '', suppressedAt = '' } = readCursor(list, cursor) ?? {};
  if (cursor === undefined) {
    return null;
  }
  if (parsePathAddress(addressHash)?.kind !== 'id' || Number.isNaN(Date.parse(suppressedAt))) {
    throw invalidCursor();
  }
  return { addressHash, suppressedAt };
}

function readReason(text: string | undefined): Reason | null {
  const found = REASONS.find((reason) => reason === text);
  if (text !== undefined && found === undefined) {
    throw expected('reason', `one of ${REASONS.join(', ')}`);
  }
  return found ?? null;
}

function readLimit(text: string | undefined): number {
  const limit = text === undefined ? DEFAULT_LIMIT : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw expected('limit', `a whole number from 1 to ${MAX_LIMIT}`);
  }
  return limit;
}
