import type { Campaign } from '../../client/index.ts';
import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { countLine, minute } from './layout.ts';

/** A campaign in numbers, for people. */
export function campaignText({ campaign, firstSeenAt, counts: { bounced, notSent } }: Campaign): string {
  const { hard, soft } = bounced.byKind;
  return [
    printable(`${campaign}, first seen ${minute(firstSeenAt)}`),
    `${countLine('bounced', bounced.total)}  (${whole(hard)} hard, ${whole(soft)} soft)`,
    ...countLines(bounced.byReason),
    countLine('not sent', notSent.total),
    ...countLines(notSent.byCode),
  ].join('\n');
}

/** The most frequent first. */
function countLines(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => countLine(`  ${name}`, count));
}
