import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';
import { type CursorList, writeCursor } from '../../lib/http/cursor.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import { listRoute } from '../../lib/http/list-route.ts';
import { isAddressHash, isInstant, readPosition } from '../../lib/http/positions.ts';
import type { Answer } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { type CorrectDependencies, correctPage } from './correct-page.ts';
import { correctionAnswer } from './correction-answer.ts';
import { correctionId } from './correction-id.ts';
import { readCorrectionRequest } from './correction-request.ts';
import { CORRECTIONS_FILE, listCorrections } from './list-corrections.ts';

export interface CorrectionDependencies extends Omit<ApiDependencies, 'routes'>, CorrectDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
}

/** Takes back what bounces of a window have brought, page by page, and lists what was taken back. */
export function createHandler(deps: CorrectionDependencies) {
  const list = listRoute(CORRECTIONS_FILE, listCorrections);
  return createApiHandler({
    ...deps,
    routes: {
      'POST /v1/accounts/{account}/corrections': {
        scope: 'operator',
        handle: (request) => correct(request, deps),
      },
      'GET /v1/accounts/{account}/corrections': {
        scope: 'suppressions:read',
        handle: (request) => list(request, deps),
      },
    },
  });
}

async function correct(request: ApiRequest, deps: CorrectionDependencies): Promise<Answer> {
  const { account, receivedAt: now, deadlineAt, caller } = request;
  const asked = readCorrectionRequest(request.readBody(), { policy: deps.policy, now });
  const id = correctionId(asked.correction);
  const list: CursorList = { account, list: `corrections ${id} ${asked.earlier}` };
  const after = readPosition(list, asked.cursor, { addressHash: isAddressHash, suppressedAt: isInstant });
  knownAccount(await deps.accounts.readAccount(account, deadlineAt));
  const page = await correctPage({ ...asked, account, id, by: caller.actor, now, after, deadlineAt }, deps);
  const isDone = asked.apply && page.next === null;
  const corrected = isDone
    ? await deps.corrections.finishCorrection({ account, id, finishedAt: now }, deadlineAt)
    : null;
  const cursor = page.next === null ? null : writeCursor(list, page.next);
  return {
    status: 200,
    body: correctionAnswer(page, { ...asked, account, id, corrected, cursor, now }),
  };
}
