import { type CursorList, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { readLimit } from '../../lib/http/list-query.ts';
import type { ListFile, ListPage } from '../../lib/http/list-route.ts';
import { readPosition } from '../../lib/http/positions.ts';
import { isoOrNull } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { toIso } from '../../lib/policy/time.ts';
import type { CorrectionStore, StoredCorrection } from '../../lib/store/correction-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { isCorrectionId } from './correction-id.ts';

export interface ListDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly corrections: Pick<CorrectionStore, 'listCorrections'>;
}

type CorrectionRow = ReturnType<typeof rowAnswer>;

export const CORRECTIONS_FILE: ListFile<CorrectionRow> = {
  name: ({ account }) => `${account}-corrections`,
  columns: [
    'correction',
    'from',
    'to',
    'reason',
    'rule',
    'domain',
    'campaign',
    'by',
    'note',
    'begunAt',
    'finishedAt',
    'corrected',
  ],
};

/** What operators have corrected for the account, the latest windows first. */
export async function listCorrections(
  { account, deadlineAt, query }: ApiRequest,
  { accounts, corrections }: ListDependencies,
): Promise<ListPage<CorrectionRow>> {
  const list: CursorList = { account, list: 'corrections' };
  const after = readPosition(list, query['cursor'], { id: isCorrectionId });
  const limit = readLimit(query);
  knownAccount(await accounts.readAccount(account, deadlineAt));
  const page = await corrections.listCorrections({ account, limit, after, deadlineAt });
  return {
    items: page.items.map(rowAnswer),
    cursor: page.next === null ? null : writeCursor(list, page.next),
  };
}

function rowAnswer({ id, correction, by, note, begunAt, finishedAt, corrected }: StoredCorrection) {
  const { from, to, ...meant } = correction;
  return {
    correction: id,
    from: toIso(from),
    to: toIso(to),
    ...meant,
    by,
    note,
    begunAt: toIso(begunAt),
    finishedAt: isoOrNull(finishedAt),
    corrected,
  };
}
