import { InvalidArgumentError } from 'commander';

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/i;
const ZONE = /(?:Z|[+-]\d\d:\d\d)$/i;

/**
 * Reads a time as RFC 3339 in UTC: to the minute or finer, in UTC unless it names another zone; a date alone is its
 * first moment, or its last. Throws InvalidArgumentError.
 */
export function readTime(text: string, { ofDate }: { readonly ofDate: 'first' | 'last' }): string {
  const given = text.trim();
  const clockTime = ofDate === 'first' ? 'T00:00:00.000Z' : 'T23:59:59.999Z';
  const [zone = ''] = ZONE.exec(given) ?? [];
  const local = given.slice(0, given.length - zone.length);
  const whole = DATE.test(given) ? `${given}${clockTime}` : `${local.replace(' ', 'T')}${zone || 'Z'}`;
  const instant = DATE.test(given) || TIME.test(local) ? Date.parse(whole) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new InvalidArgumentError('It is a time such as 2026-11-22T14:00Z, or a date.');
  }
  return new Date(instant).toISOString();
}
