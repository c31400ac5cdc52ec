const MAX_DIAGNOSTIC_IN_OCTETS = 1024;
const MAX_READ_IN_CHARACTERS = 8192;

const PLAIN = /^[\x20-\x7e]*$/;
const LINE_BREAKS_AND_TABS = /[\t\n\v\f\r\x85\u2028\u2029]+/g;
/** C0 and C1 controls, and the marks that turn the direction of writing (Unicode Bidi_Control). */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;

const encoder = new TextEncoder();
const scratch = new Uint8Array(MAX_DIAGNOSTIC_IN_OCTETS);

/**
 * The receiving server's words, fit to be stored and logged: one line without control and bidirectional
 * characters, at most 1 KB of UTF-8, cut between characters. Null when nothing is left.
 */
export function cleanDiagnostic(text: string | null): string | null {
  return text === null ? null : cleanText(text, MAX_DIAGNOSTIC_IN_OCTETS);
}

/** The same for any short text, with a cap of 1 to 1024 octets. */
export function cleanText(text: string, maxOctets: number): string | null {
  if (text.length <= maxOctets && PLAIN.test(text)) return text.trim() || null;
  const line = text
    .slice(0, MAX_READ_IN_CHARACTERS)
    .replace(LINE_BREAKS_AND_TABS, ' ')
    .replace(CONTROLS, '')
    .toWellFormed()
    .trim();
  const { read } = encoder.encodeInto(line, scratch.subarray(0, maxOctets));
  return line.slice(0, read).trimEnd() || null;
}
