import type { Instant } from '../policy/time.ts';

/** As SES writes nearly all of them. No part of it is out of range, but for the last days of short months. */
const USUAL =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const UNUSUAL =
  /^\s*(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?:(:\d\d)(?:[.,](\d{1,9}))?)?\s*(?:[Zz]|([+-]\d\d):?(\d\d)?)?\s*$/;
const MAX_LENGTH = 64;
const END_OF_YEAR_9999 = 253_402_300_799_999;

/**
 * The moment that a timestamp of SES names, in whole milliseconds; null for everything that is not one.
 * Takes ISO 8601 with or without fractions of a second, with any offset or none (then UTC), and the form
 * `YYYY-MM-DDThh:mm:ss +0000`. Source: Amazon SES Developer Guide, "Amazon SNS notification contents".
 */
export function parseTimestamp(value: unknown): Instant | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return null;
  const isUsual = USUAL.test(value);
  const iso = isUsual ? value : inFullForm(value);
  if (iso === null || !isRealDay(iso)) return null;
  const instant = isUsual ? readUsual(iso) : Date.parse(iso);
  return instant >= 0 && instant <= END_OF_YEAR_9999 ? instant : null;
}

/** What `Date.parse` answers, in a quarter of its time. */
function readUsual(iso: string): Instant {
  const midnight = Date.UTC(digits(iso, 0, 4), digits(iso, 5, 7) - 1, digits(iso, 8, 10));
  const minutes = digits(iso, 11, 13) * 60 + digits(iso, 14, 16);
  return midnight + minutes * 60_000 + digits(iso, 17, 19) * 1000 + digits(iso, 20, 23);
}

function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at += 1) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

/** `Date.parse` guesses at what it does not know, so it is given nothing but ISO 8601 in full. */
function inFullForm(value: string): string | null {
  const parts = UNUSUAL.exec(value);
  if (parts === null) return null;
  const [, day, minute, second = ':00', fraction = '0', offsetHours = '+00', offsetMinutes = '00'] = parts;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return `${day}T${minute}${second}.${milliseconds}${offsetHours}:${offsetMinutes}`;
}

/** `Date.parse` would move February 30 into March. */
function isRealDay(iso: string): boolean {
  const day = digits(iso, 8, 10);
  return day <= 28 || new Date(Date.UTC(digits(iso, 0, 4), digits(iso, 5, 7), 0)).getUTCDate() >= day;
}
