import type { Campaign } from '../../client/index.ts';
import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { minute } from './layout.ts';

/** A campaign in numbers, for people. */
export function campaignText({ campaign, firstSeenAt, counts: { bounced, notSent } }: Campaign): string {
  const { hard, soft } = bounced.byKind;
  return [
    printable(`${campaign}, first seen ${minute(firstSeenAt)}`),
    `${line('bounced', bounced.total)}  (${whole(hard)} hard, ${whole(soft)} soft)`,
    ...countLines(bounced.byReason),
    line('not sent', notSent.total),
    ...countLines(notSent.byCode),
  ].join('\n');
}

/** The most frequent first. */
function countLines(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => line(`  ${name}`, count));
}

function line(label: string, count: number): string {
  return `  ${printable(label).padEnd(28)}${whole(count).padStart(9)}`;
}
