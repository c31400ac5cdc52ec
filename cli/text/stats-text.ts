import type { Stats } from '../../client/index.ts';
import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { countLine, minute, wrap } from './layout.ts';

/** An account's bounces in numbers, for people. Days without one are left out. */
export function statsText({ account, from, to, days, byReason, bounceRate }: Stats, width: number): string {
  const total = byReason.reduce((sum, { bounces }) => sum + bounces, 0);
  return [
    printable(
      `${account}: about ${whole(total)} ${total === 1 ? 'bounce' : 'bounces'} from ${from} to ${to}`,
    ),
    ...byReason.map(({ reason, bounces }) => countLine(reason, bounces)),
    ...(total === 0 ? [] : ['by day']),
    ...days.flatMap(({ day, total }) => (total === 0 ? [] : [countLine(day, total)])),
    ...wrap(rateText(bounceRate), width),
  ].join('\n');
}

function rateText(known: Stats['bounceRate']): string {
  if (known === null) return 'No bounce rate: there is no SES here, or it has none to tell.';
  const { rate, complaintRate, asOf } = known;
  const complaints =
    complaintRate === null ? 'no complaint rate yet' : `${percent(complaintRate)} complained`;
  return `Of all mail of the AWS account in this Region, ${percent(rate)} bounced and ${complaints}, says SES as of ${minute(asOf)}.`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)} %`;
}
