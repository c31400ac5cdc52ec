import type { CorrectionRequest } from '../../client/index.ts';
import { accountsOf } from '../accounts.ts';
import { connect } from '../connect.ts';
import { print } from '../output.ts';
import { whole } from '../quantities.ts';
import { type Shell, UsageError } from '../shell.ts';
import { createStatusLine } from '../status-line.ts';
import { correctionText } from '../text/correction-text.ts';
import { UnfinishedError } from '../unfinished-error.ts';
import type { CorrectOptions } from './correct-options.ts';
import { type CorrectionTotals, NO_TOTALS, withPage } from './correction-totals.ts';

const GO_ON = 'What is lifted stays lifted; repeat the command to lift the rest. Nothing counts twice.';

/** Says what a correction would lift, or lifts it, account by account and page by page. */
export async function runCorrection(options: CorrectOptions, shell: Shell): Promise<void> {
  if (options.from > options.to) throw new UsageError('--from must lie before --to.');
  const { apply = false, json } = options;
  const status = createStatusLine(shell.stderr, shell.clock);
  shell.onStop(() => {
    status.stop();
    shell.stderr.write(apply ? `\nStopped. ${GO_ON}\n` : '\nStopped. Nothing was changed.\n');
  });
  let totals = NO_TOTALS;
  try {
    for await (const next of runPages(options, shell)) {
      totals = next.totals;
      status.update(describe(next.account, totals, apply));
    }
  } catch (error) {
    throw apply && totals.examined > 0 ? new UnfinishedError(GO_ON, { cause: error }) : error;
  } finally {
    status.stop();
  }
  const text = (all: CorrectionTotals, width: number) => correctionText(all, { ...options, apply, width });
  await print(totals, { shell, text, ...(json && { json }) });
}

async function* runPages(options: CorrectOptions, shell: Shell) {
  const client = await connect(options, shell);
  const request = requestOf(options);
  let totals = NO_TOTALS;
  for await (const account of accountsOf(client, options)) {
    let cursor: string | undefined;
    do {
      const body = cursor === undefined ? request : { ...request, cursor };
      const page = await client.correctSuppressions(body, { account });
      totals = withPage(totals, account, page);
      yield { account, totals };
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}

function requestOf({ from, to, ...options }: CorrectOptions): CorrectionRequest {
  const { reason, rule, domain, campaign, earlier, apply, note } = options;
  return {
    from,
    to,
    ...(reason !== undefined && { reason }),
    ...(rule !== undefined && { rule }),
    ...(domain !== undefined && { domain }),
    ...(campaign !== undefined && { campaign }),
    ...(earlier && { earlier }),
    ...(apply && { apply }),
    ...(note !== undefined && { note }),
  };
}

function describe(account: string, { accounts, examined, lifted }: CorrectionTotals, apply: boolean): string {
  const done = apply ? 'lifted' : 'to lift';
  return `${account}: ${whole(examined)} looked at, ${whole(lifted.addresses)} ${done}, ${whole(accounts)} accounts done`;
}
