import { EN } from './en.ts';

/** Forms of a text by the plural category of its `count`. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export type TextKey = keyof typeof EN;

/** A whole language: a text, or its forms, for every key of the English one. */
export type Texts = { readonly [Key in TextKey]: (typeof EN)[Key] extends string ? string : Forms };

export const LANGUAGES = ['en', 'pl'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Values = Readonly<Record<string, string | number>>;

/**
 * Fills in a text. Numbers are written as the language writes them; `count` chooses among forms. A key made of what a
 * newer API says and this console does not know is shown as it is.
 */
export type Translate = (key: TextKey, values?: Values) => string;

export function createTranslate(texts: Texts, language: Language): Translate {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const text: string | Forms | undefined = texts[key];
    if (text === undefined) return key;
    const template = typeof text === 'string' ? text : formOf(text, rules, values['count']);
    return template.replace(/\{(\w+)\}/g, (all, name: string) => {
      const value = values[name];
      if (value === undefined) return all;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

function formOf(forms: Forms, rules: Intl.PluralRules, count: string | number | undefined): string {
  return forms[rules.select(Number(count ?? 0))] ?? forms.other;
}

/** The key of a sentence that the API wrote itself; null for a deployment's own words, which are shown as they are. */
export function keyOfSentence(sentence: string): TextKey | null {
  return SENTENCES.get(sentence) ?? null;
}

const SENTENCES: ReadonlyMap<string, TextKey> = new Map(
  Object.entries(EN).flatMap(([key, text]) =>
    /^(meaning|advice|above)\./.test(key) && typeof text === 'string'
      ? [[text, key as TextKey] as const]
      : [],
  ),
);
