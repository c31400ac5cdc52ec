import { toIso } from '../../lib/policy/time.ts';
import { parseTimestamp } from '../../lib/ses/timestamp.ts';

/** Which of two numbers is the day, where a date is written as `3/5/2024`. */
export type DateOrder = 'dmy' | 'mdy';

const DAY = /^\d{4}-\d\d-\d\d$/;
const EPOCH = /^\d{9,10}(?:\.\d+)?$|^\d{12,13}$/;
/** RFC 5322 section 3.3: `Fri, 21 Oct 2011 11:02:55 GMT`. */
const MAIL_DATE = /^(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|gmt|utc|ut|z)$/i;
const LOCAL_DATE = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d))? ?([ap]m)?)?$/i;
const NO_DATE = /^0000-00-00/;
const MOST_MONTHS = 12;

/**
 * A date as the API takes it; null where there is none. What cannot be read stays as it is, and is refused there. Times that
 * name no offset are UTC.
 */
export function readDate(written: string, order: DateOrder | null): string | null {
  const text = written.trim();
  if (text === '' || NO_DATE.test(text)) return null;
  if (DAY.test(text)) return text;
  if (EPOCH.test(text)) return ofEpoch(Number(text));
  if (MAIL_DATE.test(text)) return toIso(Date.parse(text));
  const instant = parseTimestamp(text.replace(/ ?(?:UTC|GMT)$/i, 'Z'));
  return instant === null ? (ofLocalDate(text, order) ?? text) : toIso(instant);
}

function ofEpoch(number: number): string {
  return toIso(number < 1e11 ? number * 1_000 : number);
}

/** Null for what is none, or leaves open which number is the day. */
function ofLocalDate(text: string, given: DateOrder | null): string | null {
  const [, one = '', two = '', year = '', hour = '0', minute = '00', second = '00', half = ''] =
    LOCAL_DATE.exec(text) ?? [];
  const order = given ?? orderOf(Number(one), Number(two));
  if (year === '' || order === null) return null;
  const [day, month] = order === 'dmy' ? [one, two] : [two, one];
  const date = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  const instant = parseTimestamp(`${date}T${hourOf(hour, half)}:${minute}:${second}Z`);
  return instant === null ? null : toIso(instant);
}

function orderOf(one: number, two: number): DateOrder | null {
  if (one > MOST_MONTHS) return 'dmy';
  return two > MOST_MONTHS ? 'mdy' : null;
}

function hourOf(hour: string, half: string): string {
  const afternoon = half.toLowerCase() === 'pm' ? 12 : 0;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + afternoon;
  return String(hours).padStart(2, '0');
}
