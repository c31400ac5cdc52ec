import type { CorrectOptions } from '../correct/correct-options.ts';
import type { CorrectionTotals, SampledReason } from '../correct/correction-totals.ts';
import { whole } from '../quantities.ts';
import { nameOf } from './common.ts';
import { countLine, minute, wrap } from './layout.ts';
import { type Column, tableText } from './table.ts';

export interface CorrectionTextOptions
  extends Pick<
    CorrectOptions,
    'from' | 'to' | 'reason' | 'rule' | 'domain' | 'campaign' | 'account' | 'allAccounts'
  > {
  readonly apply: boolean;
  readonly width: number;
}

const MOST_ROWS = 10;

const VERDICTS: Readonly<Record<string, string>> = {
  P1: 'may be mailed',
  P2: 'another reason blocks',
  P3: 'a complaint blocks',
  P4: 'still a global bounce',
  P5: 'wait for SES',
  P8: 'soft bounces block',
};
const CAUSES: Readonly<Record<string, string>> = {
  bounced_before: 'bounced before it, too',
  bounced_since: 'bounced after it, too',
  other_campaign: 'by another campaign, too',
  complaint: 'complaint, not named',
  erased: 'erased, domain unknown',
};

/** What a correction has come to, or would, for people. */
export function correctionText(totals: CorrectionTotals, options: CorrectionTextOptions): string {
  const { lifted, kept, sample, byAccount } = totals;
  const { apply, width, allAccounts } = options;
  return [
    apply ? 'Correction' : 'Dry run: nothing is changed',
    ...wrap(meaningOf(options), width - 2).map((line) => `  ${line}`),
    '',
    countLine('looked at', totals.examined),
    countLine(apply ? 'lifted' : 'would be lifted', lifted.addresses),
    ...table('by reason', lifted.byReason),
    ...table('by provider', lifted.byProvider),
    ...(allAccounts ? table('by account', byAccount) : []),
    ...table('afterwards', named(lifted.byVerdict, VERDICTS)),
    countLine('kept', kept.addresses),
    ...countsOf(named(kept.byCause, CAUSES)),
    ...(sample.length === 0 ? [] : ['', tableText(sample, { columns: columnsOf(options), width })]),
    '',
    ...wrap(conclusion(totals, options), width),
  ].join('\n');
}

function meaningOf({
  from,
  to,
  reason,
  rule,
  domain,
  campaign,
  account,
  allAccounts,
}: CorrectionTextOptions): string {
  const whom = allAccounts ? 'all accounts' : `account ${account}`;
  const meant = [
    ...(reason === undefined ? [] : [`reason ${reason}`]),
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(domain === undefined ? [] : [`to ${domain}`]),
    ...(campaign === undefined ? [] : [`campaign ${campaign}`]),
  ];
  return [`bounces from ${minute(from)} to ${minute(to)} (UTC) of ${whom}`, ...meant].join(', ');
}

function table(title: string, counts: Readonly<Record<string, number>>): string[] {
  const lines = countsOf(counts);
  return lines.length === 0 ? [] : [`  ${title}`, ...lines];
}

/** The most frequent first; a long tail in one line. */
function countsOf(counts: Readonly<Record<string, number>>): string[] {
  const sorted = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const tail = sorted.slice(MOST_ROWS);
  const rest = tail.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...sorted.slice(0, MOST_ROWS).map(([name, count]) => countLine(`  ${name}`, count)),
    ...(tail.length === 0 ? [] : [countLine(`  ${whole(tail.length)} others`, rest)]),
  ];
}

function named(counts: Readonly<Record<string, number>>, names: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [names[name] ?? name, count]));
}

function columnsOf({ allAccounts }: CorrectionTextOptions): readonly Column<SampledReason>[] {
  return [
    { title: 'ADDRESS', cell: nameOf },
    ...(allAccounts ? [{ title: 'ACCOUNT', cell: ({ account }: SampledReason) => account }] : []),
    { title: 'REASON', cell: ({ reason }) => reason },
    { title: 'BOUNCED (UTC)', cell: ({ bouncedAt }) => minute(bouncedAt) },
    { title: 'KEPT', cell: ({ outcome }) => (outcome === 'lifted' ? '' : outcome) },
  ];
}

function conclusion(
  { lifted, correction, corrected }: CorrectionTotals,
  { apply }: CorrectionTextOptions,
): string {
  if (!apply) {
    return lifted.addresses === 0
      ? 'Nothing would be lifted.'
      : 'To lift them, repeat the command with --apply. It may be repeated and interrupted: an address is lifted once.';
  }
  return corrected === 0
    ? 'Nothing was lifted.'
    : `Correction ${correction} has lifted ${whole(corrected)} addresses in all its runs.`;
}
