import { EN } from '../texts/en.ts';
import { LANGUAGES, type Language, type Texts } from '../texts/translate.ts';
import { keepText, keptText } from './theme.ts';

const KEY = 'rebound.language';

/** What was chosen last, else the first of the browser's languages that the console speaks, else English. */
export function readLanguage(): Language {
  const wanted = [keptText(KEY) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  return wanted.flatMap((tag) => LANGUAGES.find((language) => language === tag) ?? [])[0] ?? 'en';
}

export function keepLanguage(language: Language): void {
  keepText(KEY, language);
}

/** The reader's variety of the language, such as `en-GB`. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.slice(0, 2) === language) ?? language;
}

/** English comes with the console; any other language is loaded when it is chosen. */
export async function loadTexts(language: Language): Promise<Texts> {
  return language === 'en' ? EN : (await import('../texts/pl.ts')).PL;
}
