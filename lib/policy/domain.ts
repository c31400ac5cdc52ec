/**
 * The WHATWG URL parser: pure, in every runtime, and the only keeper of the IDNA tables. Declared here
 * because lib/policy is compiled without ambient types.
 */
declare const URL: { parse(url: string): { readonly hostname: string } | null };

/** What the URL parser would cut off, decode or skip instead of refusing it: ports, paths, escapes, tabs. */
const SWALLOWED = /[/\\?#@:%[\]<>\p{Cc}\p{Z}]/u;
/** Set in front, since a host that is ASCII throughout may pass without a look at its `xn--` labels. */
const NON_ASCII_LABEL = { written: 'ß.', converted: 'xn--zca.' };
const LABELS = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;
const MAX_OCTETS = 253;

/**
 * The one spelling of a mail domain: lower-case A-labels (RFC 5890) by UTS 46, without the final dot.
 * Null for what is no domain: IP addresses and whatever else ends in a number (the parser refuses it), empty labels, labels over 63 octets, more than 253 octets.
 */
export function canonicalDomain(text: string): string | null {
  if (SWALLOWED.test(text)) return null;
  const host = URL.parse(`http://${NON_ASCII_LABEL.written}${text}`)?.hostname ?? '';
  const domain = host.slice(NON_ASCII_LABEL.converted.length, host.endsWith('.') ? -1 : undefined);
  const valid = domain.length <= MAX_OCTETS && LABELS.test(domain);
  return valid ? domain : null;
}
