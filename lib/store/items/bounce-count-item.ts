import { type DayCounts, MOST_DAYS } from '../../policy/bounce-statistics.ts';
import { REASONS } from '../../policy/reason.ts';
import { DAY_IN_MS, type Day, startOfDay } from '../../policy/time.ts';
import { type Item, ItemReader } from './item.ts';

const PREFIX = 'day#';
/** Nobody asks for a day any more when it expires, wherever the clocks stand. */
const KEPT_DAYS = MOST_DAYS + 10;

/** The key of an account's day, beside the campaigns: their shards have a `#`, which no account id holds. */
export function dayKey(account: string, day: Day): Item {
  return { campaignShard: account, recipient: `${PREFIX}${day}` };
}

/** When a day expires, in whole seconds since 1970, as DynamoDB's time to live takes it. */
export function dayExpiry(day: Day): number {
  return (startOfDay(day) + KEPT_DAYS * DAY_IN_MS) / 1000;
}

/** Reads a day. Each reason has an attribute of its own; one that is not known here is left out. */
export function readDayItem(item: Item): DayCounts {
  const reader = new ItemReader(item, 'bounces of a day');
  return {
    day: reader.text('recipient').slice(PREFIX.length),
    counts: new Map(
      REASONS.flatMap((reason) => {
        const count = reader.wholeOrNull(reason);
        return count === null ? [] : [[reason, count] as const];
      }),
    ),
  };
}
