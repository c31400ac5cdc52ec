import { canonicalDomain } from './domain.ts';
import { canonicalLocalPart, isDotAtom } from './local-part.ts';

/** An address that is its own canonical form. No `--` and no number last: those go the long way. */
const PLAIN = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[a-z0-9_]+[.-])*[a-z][a-z0-9_]*$/;
/** An address this short passes none of the limits on its parts. */
const PLAIN_LENGTH = 64;
const QUOTED_STRING = /"(?:[^"\\]|\\.)*"/y;
const CONTROL_BUT_TAB = /[^\t\P{Cc}]/u;
/** Far above any mailbox with its display name. Normalisation is quadratic in combining marks, so nothing longer is looked at. */
const MAX_LENGTH = 2_000;
const MAX_PART_LENGTH = 512;

/**
 * The one spelling under which an address is known, `John <"J.Doe"@Example.COM.>` as `j.doe@example.com`:
 * display name and angle brackets off, quotes off where they say nothing, lower-case, domain as A-labels.
 * Plus tags and dots stay. Null for what is no single address. Idempotent.
 * RFC 5321 section 4.1.2, RFC 5322 section 3.4, RFC 6531 section 3.3; at most 64 + 253 octets.
 */
export function canonicalAddress(text: string): string | null {
  if (isPlain(text)) return text;
  const trimmed = text.trim();
  const folded = trimmed.toLowerCase();
  if (isPlain(folded)) return folded;
  if (trimmed.length > MAX_LENGTH || CONTROL_BUT_TAB.test(trimmed)) return null;
  const mailbox = withoutDisplayName(trimmed);
  const parts = mailbox === null ? null : splitMailbox(mailbox);
  if (!parts || parts.local.length > MAX_PART_LENGTH || parts.domain.length > MAX_PART_LENGTH) return null;
  const local = canonicalLocalPart(parts.local);
  const domain = canonicalDomain(parts.domain);
  return local === null || domain === null ? null : `${local}@${domain}`;
}

function isPlain(text: string): boolean {
  return text.length <= PLAIN_LENGTH && PLAIN.test(text);
}

/** What stands between the angle brackets, or the text itself where it has none; null for a list of addresses. */
function withoutDisplayName(text: string): string | null {
  if (!text.endsWith('>')) return text;
  let unquoted = '';
  for (let at = 0; at < text.length; ) {
    const end = text[at] === '"' ? endOfQuotedString(text, at) : at + 1;
    if (end === null) return null;
    if (text[at] === '<') return namesAnother(unquoted) ? null : text.slice(end, -1).trim();
    unquoted += text[at];
    at = end;
  }
  return null;
}

/** `Doe, John <...>` is a careless name, `a@example.com, John <...>` a list. */
function namesAnother(displayName: string): boolean {
  const at = displayName.indexOf('@');
  return at >= 0 && /[,;]/.test(displayName.slice(at));
}

/** The local part without quotes and escapes, and the domain as written. */
function splitMailbox(mailbox: string): { local: string; domain: string } | null {
  const end = endOfQuotedString(mailbox, 0);
  if (end !== null) {
    if (mailbox[end] !== '@') return null;
    return { local: mailbox.slice(1, end - 1).replace(/\\(.)/gs, '$1'), domain: mailbox.slice(end + 1) };
  }
  const at = mailbox.indexOf('@');
  const local = mailbox.slice(0, Math.max(at, 0));
  return isDotAtom(local) ? { local, domain: mailbox.slice(at + 1) } : null;
}

/** Where the quoted string that begins at the index ends; null when none does. */
function endOfQuotedString(text: string, index: number): number | null {
  QUOTED_STRING.lastIndex = index;
  return QUOTED_STRING.test(text) ? QUOTED_STRING.lastIndex : null;
}
