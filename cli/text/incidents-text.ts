import type { Burst } from '../../lib/policy/burst.ts';
import { PAST_IN_DAYS } from '../../lib/policy/burst.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import type { AccountsOptions } from '../accounts.ts';
import type { Incidents } from '../incidents/find-incidents.ts';
import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { minute, wrap } from './layout.ts';

export interface IncidentsTextOptions extends Pick<AccountsOptions, 'account' | 'allAccounts'> {
  readonly from: Instant;
  readonly now: Instant;
  readonly width: number;
}

/** Bursts for people, each with the command that shows what could be lifted. */
export function incidentsText({ bursts, read }: Incidents, options: IncidentsTextOptions): string {
  const { from, account, allAccounts, width } = options;
  const where = allAccounts ? 'in all accounts' : `in account ${account}`;
  const count = bursts.length === 1 ? '1 burst' : `${bursts.length === 0 ? 'No' : bursts.length} bursts`;
  const headline = `${count} of hard bounces since ${minute(toIso(from))} ${where}, compared with ${PAST_IN_DAYS} days before: ${whole(read)} suppressions.`;
  return [...wrap(headline, width), ...bursts.flatMap((burst) => ['', ...burstLines(burst, options)])].join(
    '\n',
  );
}

/** The command that shows what a correction of the burst would lift. */
export function correctionCommand(
  { from, to, rule, provider }: Burst,
  { account, allAccounts, now }: Pick<IncidentsTextOptions, 'account' | 'allAccounts' | 'now'>,
): string {
  const window = `--from ${timeText(from)} --to ${timeText(Math.min(to, now))}`;
  const whom = allAccounts ? '--all-accounts' : `--account ${account}`;
  return printable(`rebound correct ${window} --rule ${rule} --domain ${provider} ${whom}`);
}

function burstLines(burst: Burst, options: IncidentsTextOptions): string[] {
  const { provider, reason, rule, from, to, bounces, expected } = burst;
  const usual = expected < 1 ? 'fewer than one was' : `${whole(expected)} were`;
  const text = `${provider}, ${reason} (${rule}): ${whole(bounces)} from ${minute(toIso(from))} to ${minute(toIso(to))}, where ${usual} to be expected`;
  return [...wrap(text, options.width), `  ${correctionCommand(burst, options)}`];
}

/** `2026-11-22T14:00Z` where that says it all. */
function timeText(instant: Instant): string {
  return toIso(instant).replace(/(?::00)?\.000Z$/, 'Z');
}
