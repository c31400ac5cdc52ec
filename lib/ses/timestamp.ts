import type { Instant } from '../policy/time.ts';

/** As SES writes nearly all of them. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
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
  const iso = USUAL.test(value) ? value : inUsualForm(value);
  if (iso === null || !isRealDay(iso)) return null;
  const instant = Date.parse(iso);
  return instant >= 0 && instant <= END_OF_YEAR_9999 ? instant : null;
}

/** `Date.parse` guesses at what it does not know, so it is given nothing but ISO 8601 in full. */
function inUsualForm(value: string): string | null {
  const parts = UNUSUAL.exec(value);
  if (parts === null) return null;
  const [, day, minute, second = ':00', fraction = '0', offsetHours = '+00', offsetMinutes = '00'] = parts;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return `${day}T${minute}${second}.${milliseconds}${offsetHours}:${offsetMinutes}`;
}

/** `Date.parse` would move February 30 into March. */
function isRealDay(iso: string): boolean {
  const day = Number(iso.slice(8, 10));
  return (
    day <= 28 || new Date(Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), 0)).getUTCDate() >= day
  );
}
