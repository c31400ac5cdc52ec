/** Atext of RFC 5322 section 3.2.3 and RFC 6531 section 3.3, and dots wherever they stand. */
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u{80}-\u{10ffff}]+$/u;
/** Controls, format and bidirectional marks, unassigned characters (their normal form is not settled), white space. */
const UNFIT = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const MAX_OCTETS = 64;

/**
 * The one spelling of a local part whose quotes and escapes have been taken off: NFC, lower-case, NFC, and
 * quoted again (RFC 5321 section 4.1.2) only where it holds other than atext and dots. Null for one with
 * characters that no local part holds, or of more than 64 octets.
 */
export function canonicalLocalPart(content: string): string | null {
  const folded = content.normalize('NFC').toLowerCase().normalize('NFC');
  if (UNFIT.test(folded)) return null;
  const spelled = isDotAtom(folded) ? folded : `"${folded.replace(/["\\]/g, '\\$&')}"`;
  return octetsOf(spelled) <= MAX_OCTETS ? spelled : null;
}

/** Whether the text stands without quotes. */
export function isDotAtom(text: string): boolean {
  return DOT_ATOM.test(text);
}

function octetsOf(text: string): number {
  let octets = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    octets += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return octets;
}
