import { toIso } from '../../lib/policy/time.ts';
import { printable } from '../printable.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkQuotas } from './check-quotas.ts';
import type { Deployment } from './deployment.ts';
import { createFindings, type Drift, type DriftCount, MEANINGS } from './findings.ts';
import type { ReconcileOptions } from './options.ts';
import type { Tally } from './reconciliation.ts';

/** What a run looked at, and what it found and left. */
export interface Report {
  readonly checkedAt: string;
  readonly policyVersion: string;
  /** Null for all of them. */
  readonly account: string | null;
  readonly checked: Readonly<Tally>;
  readonly found: number;
  readonly fixed: number;
  readonly left: number;
  /** By kind, the worst first. */
  readonly drift: Readonly<Partial<Record<Drift, DriftCount>>>;
}

/** Runs every check; `tally` shows meanwhile how far it is. */
export async function reconcile(
  { context, policy }: Deployment,
  { account, fix, samples }: Pick<ReconcileOptions, 'account' | 'fix' | 'samples'>,
  tally: Tally,
): Promise<Report> {
  const checkedAt = toIso(context.clock());
  const findings = createFindings(samples);
  const run = { context, policy, account, fix, findings, tally };
  await checkQuotas(run);
  await checkAddresses(run);
  const drift = findings.counts();
  const sum = (member: 'found' | 'fixed') =>
    [...drift.values()].reduce((all, count) => all + count[member], 0);
  const [found, fixed] = [sum('found'), sum('fixed')];
  return {
    checkedAt,
    policyVersion: policy.version,
    account,
    checked: { ...tally },
    found,
    fixed,
    left: found - fixed,
    drift: Object.fromEntries(drift),
  };
}

/** The report for people. */
export function reportText({ checked, policyVersion, found, fixed, left, drift }: Report): string {
  const n = (count: number) => count.toLocaleString('en');
  const lines = [
    `Compared with the facts, by rule set ${policyVersion}:`,
    `  ${n(checked.addresses)} addresses, ${n(checked.records)} account items, ${n(checked.suppressions)} suppressions`,
    ...(checked.byOtherRules === 0
      ? []
      : [`  (${n(checked.byOtherRules)} decided by another rule set: their strikes were not compared)`]),
    `  ${n(checked.months)} months of quotas, ${n(checked.ledgerRows)} ledger rows, ${n(checked.unbounces)} unbounced addresses`,
    '',
  ];
  if (found === 0) return [...lines, 'No drift.'].join('\n');
  const kinds = (Object.entries(drift) as [Drift, DriftCount][]).flatMap(([name, count]) => [
    '',
    `  ${name}: ${n(count.found)} found, ${n(count.fixed)} repaired`,
    `    ${MEANINGS[name]}`,
    ...count.samples.map((sample) => `      ${sampleText(sample)}`),
    ...(count.samples.length < count.found
      ? [`      and ${n(count.found - count.samples.length)} more`]
      : []),
  ]);
  return [...lines, `Drift: ${n(found)} found, ${n(fixed)} repaired, ${n(left)} left.`, ...kinds].join('\n');
}

function sampleText({ account, id, detail }: DriftCount['samples'][number]): string {
  return printable([account ?? '-', id, ...(detail === null ? [] : [detail])].join('  '));
}
