import { duration, whole } from '../quantities.ts';
import type { LetterGroup, QueueReport } from '../redrive/look.ts';
import { minute } from './layout.ts';
import { type Column, tableText } from './table.ts';

const COLUMNS: readonly Column<LetterGroup>[] = [
  { title: 'REASON', cell: ({ reason }) => reason },
  { title: 'FROM', cell: ({ from }) => from },
  { title: 'MESSAGES', cell: ({ messages }) => whole(messages) },
  { title: 'OLDEST (UTC)', cell: ({ oldestAt }) => minute(oldestAt) },
  { title: 'NEWEST (UTC)', cell: ({ newestAt }) => minute(newestAt) },
];

/** What waits in the dead-letter queues, for people. */
export function redriveText(
  reports: readonly QueueReport[],
  { width, now }: { readonly width: number; readonly now: number },
): string {
  return reports
    .map((report) => [headline(report, now), ...tableOf(report, width), ...moreOf(report)].join('\n'))
    .join('\n\n');
}

function headline({ queue, sentBack, depth, groups }: QueueReport, now: number): string {
  const sent = sentBack === null ? '' : `${messages(sentBack)} sent back, `;
  if (depth === 0) return `${queue}: ${sent}nothing waits`;
  const oldest = Math.min(...groups.map(({ oldestAt }) => Date.parse(oldestAt)));
  const age = groups.length === 0 ? '' : `, the oldest for ${duration(Math.max(now - oldest, 0))}`;
  return `${queue}: ${sent}${messages(depth)} ${depth === 1 ? 'waits' : 'wait'}${age}`;
}

function tableOf({ groups }: QueueReport, width: number): string[] {
  if (groups.length === 0) return [];
  const below = ({ detail, sample }: LetterGroup) =>
    `${detail} For example ${sample.messageId}: ${sample.text}`;
  return [tableText(groups, { columns: COLUMNS, below, width })];
}

function moreOf({ depth, seen }: QueueReport): string[] {
  return seen < depth ? [`Of them ${whole(seen)} were looked at; the others stand behind these.`] : [];
}

function messages(count: number): string {
  return `${whole(count)} ${count === 1 ? 'message' : 'messages'}`;
}
