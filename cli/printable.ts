/** Controls, invisible and direction-turning characters, line separators and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with nothing in it that could steer a terminal: such characters are written as `\uXXXX`, as JSON does. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** The value as one line of JSON that reads back to the same value, printable. */
export function printableJson(value: unknown): string {
  return printable(JSON.stringify(value));
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
