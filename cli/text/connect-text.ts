import type { Advice } from '../onboarding/advice.ts';
import type { Outcome } from '../onboarding/apply-changes.ts';
import type { AssessedIdentity, Way } from '../onboarding/assess.ts';
import type { RegionReport } from '../onboarding/connect-regions.ts';
import { type AccountSetup, FEEDBACK } from '../onboarding/ses-setup.ts';
import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { wrap } from './layout.ts';
import { type Column, tableText } from './table.ts';

/** What was found in each Region, for people. */
export function connectText(reports: readonly RegionReport[], width: number): string {
  return reports.map((report) => regionText(report, width)).join('\n\n');
}

function regionText(report: RegionReport, width: number): string {
  const { region, account, identities, changes, advice, faults } = report;
  const parts = [
    accountText(region, account),
    identities.length === 0 ? 'No identity sends here.' : tableText(identities, { columns: COLUMNS, width }),
    summaryText(report),
    listText(changesTitle(changes), changes.map(changeText), width),
    adviceText(advice, width),
    listText(
      'Could not be read:',
      faults.map(({ what, error }) => `${what}: ${error}`),
      width,
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function accountText(region: string, account: AccountSetup | null): string {
  if (account === null) return region;
  const { isInSandbox, mailsPerDay, mailsPerSecond, listsFor, hasVdm } = account;
  const lists = listsFor.length === 0 ? 'nothing' : listsFor.map((reason) => reason.toLowerCase()).join(', ');
  return [
    `${region}: ${isInSandbox ? 'sandbox' : 'production'}, at most ${whole(mailsPerDay)} mails a day, ${whole(mailsPerSecond)} a second`,
    `  SES's own list takes up: ${lists}; Virtual Deliverability Manager ${hasVdm ? 'on' : 'off'}`,
  ].join('\n');
}

const COLUMNS: readonly Column<AssessedIdentity>[] = [
  { title: 'IDENTITY', cell: ({ name }) => name },
  { title: 'BOUNCES', cell: (identity) => wayText(identity, identity.ways.bounce) },
  { title: 'COMPLAINTS', cell: (identity) => wayText(identity, identity.ways.complaint) },
  { title: 'DEFAULT SET', cell: ({ defaultSet }) => defaultSet ?? '-' },
];

function wayText({ isVerified }: AssessedIdentity, way: Way): string {
  if (!isVerified) return 'not verified';
  switch (way.way) {
    case 'topic':
      return 'seen';
    case 'set':
      return 'seen, by set';
    case 'elsewhere':
      return `to ${way.topicArn.slice(way.topicArn.lastIndexOf(':') + 1)}`;
    case 'nowhere':
      return 'NOT SEEN';
  }
}

function summaryText({ identities, configurationSets, changes }: RegionReport): string {
  const sending = identities.filter(({ isVerified }) => isVerified);
  const unseen = sending.filter(({ ways }) =>
    FEEDBACK.some((kind) => ways[kind].way === 'nowhere' || ways[kind].way === 'elsewhere'),
  );
  const silent = configurationSets.filter(({ missing }) => missing.length > 0);
  const [sees, tell] = changes.some(({ outcome }) => outcome === 'done')
    ? ['Until now Rebound did not see', 'did not tell it']
    : ['Rebound does not see', 'do not tell it'];
  return [
    unseen.length === 0
      ? `Rebound sees what becomes of the mail of all ${sending.length} verified identities.`
      : `${sees} what becomes of the mail of ${unseen.length} of ${sending.length} verified identities.`,
    `${silent.length} of ${configurationSets.length} configuration sets ${tell}.`,
  ].join('\n');
}

function changesTitle(changes: readonly Outcome[]): string {
  return changes.some(({ outcome }) => outcome === 'proposed') ? 'With --apply it would:' : 'Done:';
}

function changeText(change: Outcome): string {
  const words =
    change.change === 'set_topic'
      ? `send each ${change.feedback} of ${change.identity} to the topic`
      : `let configuration set ${change.set} publish each ${change.feedback.join(' and ')} to the topic`;
  return change.outcome === 'failed' ? `FAILED: ${words}. ${change.error}` : words;
}

/** A command stands in a line of its own, whole, to be copied. */
function adviceText(advice: readonly Advice[], width: number): string {
  if (advice.length === 0) return '';
  const entries = advice.map(({ says, command }) =>
    [...itemLines(says, width), ...(command === null ? [] : [`      ${printable(command)}`])].join('\n'),
  );
  return ['Good to know:', ...entries].join('\n');
}

function listText(title: string, entries: readonly string[], width: number): string {
  if (entries.length === 0) return '';
  return [title, ...entries.flatMap((entry) => itemLines(entry, width))].join('\n');
}

function itemLines(text: string, width: number): readonly string[] {
  const [first = '', ...rest] = wrap(text, width - 4);
  return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
}
