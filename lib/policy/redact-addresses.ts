/** What ends an address in running text. Everything else may be part of one. */
const OUTSIDE = /[\s<>()[\]",;:]/;
/** The at sign as it is, and as a link writes it. */
const AT_SIGN = /@|%40/g;
const REDACTED = '[address]';

/**
 * The text without the addresses in it: what touches an at sign goes, up to the next space, bracket, quote or
 * separator, and what stands before it in quotes. Rather too much than too little; in linear time.
 */
export function redactAddresses(text: string): string {
  let redacted = '';
  let readTo = 0;
  for (const { index, 0: sign } of text.matchAll(AT_SIGN)) {
    const start = startOfLocalPart(text, { readTo, end: index });
    const end = endOfWord(text, index + sign.length);
    if (start === index) continue;
    redacted += text.slice(readTo, start) + REDACTED;
    readTo = end;
  }
  return redacted + text.slice(readTo);
}

function startOfLocalPart(text: string, { readTo, end }: { readTo: number; end: number }): number {
  if (text[end - 1] === '"') {
    let quote = text.lastIndexOf('"', end - 2);
    while (quote > readTo && text[quote - 1] === '\\') quote = text.lastIndexOf('"', quote - 1);
    return quote >= readTo ? quote : end - 1;
  }
  let start = end;
  while (start > readTo && !OUTSIDE.test(text.charAt(start - 1))) start--;
  return start;
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && !OUTSIDE.test(text.charAt(end))) end++;
  return end;
}
