import { createTranslate, keyOfSentence, type Language, type Texts, type Translate } from './translate.ts';

/** How the console speaks. */
export interface Wording {
  readonly language: Language;
  readonly t: Translate;
  /** A sentence of the API in the chosen language; a deployment's own words as they are. */
  say(sentence: string): string;
  number(value: number): string;
  /** A share from 0 to 1. */
  percent(share: number): string;
  /** A day of the month in UTC: of `2026-11-23` or of a time. */
  utcDay(time: string): string;
  /** Short, for axes. */
  shortDay(day: string): string;
  month(month: string): string;
  /** A moment in the reader's own time zone. */
  moment(time: string): string;
}

/** Dates and numbers follow the reader's own variety of the language. */
export function createWording(texts: Texts, language: Language, locale: string = language): Wording {
  const t = createTranslate(texts, language);
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const utc = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const utcDays = utc({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDays = utc({ day: 'numeric', month: 'short' });
  const months = utc({ month: 'long', year: 'numeric' });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    language,
    t,
    say(sentence) {
      const key = keyOfSentence(sentence);
      return key === null ? sentence : t(key);
    },
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    utcDay: (time) => utcDays.format(new Date(time)),
    shortDay: (day) => shortDays.format(new Date(day)),
    month: (month) => months.format(new Date(`${month}-01`)),
    moment: (time) => moments.format(new Date(time)),
  };
}
