import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';
import { knownAccount } from '../../lib/http/known-account.ts';
import type { Answer } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { type ImportReading, readImportRow } from '../../lib/policy/import-row.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { importAnswer } from './import-answer.ts';
import { type ImportContext, predictRows, type ReadRow, writeRows } from './import-by-address.ts';
import { readImportRequest } from './import-request.ts';

export interface ImportDependencies
  extends Omit<ApiDependencies, 'routes'>,
    Pick<ImportContext, 'addresses' | 'policy'> {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
}

/** Takes over suppressions that another provider, or somebody by hand, has made. */
export function createHandler(deps: ImportDependencies) {
  const handle = (request: ApiRequest) => importSuppressions(request, deps);
  return createApiHandler({
    ...deps,
    routes: { 'POST /v1/accounts/{account}/suppressions/import': { scope: 'operator', handle } },
  });
}

async function importSuppressions(
  { account, receivedAt: now, deadlineAt, readBody }: ApiRequest,
  { addresses, accounts, policy, telemetry }: ImportDependencies,
): Promise<Answer> {
  const { rows, isDryRun } = readImportRequest(readBody());
  knownAccount(await accounts.readAccount(account, deadlineAt));
  const readings = rows.map((row) => readImportRow(row, now));
  const context = { addresses, account, policy, now, deadlineAt };
  const outcomes = await (isDryRun ? predictRows : writeRows)(bouncesIn(readings), context);
  const body = importAnswer(readings, { outcomes, policy, isDryRun });
  if (!isDryRun) {
    for (const [outcome, amount] of Object.entries(body.counts.byOutcome)) {
      telemetry.count('RowImported', { Outcome: outcome }, amount);
    }
  }
  return { status: 200, body };
}

function bouncesIn(readings: readonly ImportReading[]): readonly ReadRow[] {
  return readings.flatMap((reading, index) =>
    reading.kind === 'bounce' ? [{ index, report: reading.report }] : [],
  );
}
