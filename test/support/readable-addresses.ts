import { isUtf8 } from 'node:buffer';

/** What an address looks like, as it is, in a link, and escaped; after a quoted local part, and at a host without a domain. */
const PATTERNS = [
  /"@[\p{L}\d-]+\.[\p{L}\d-]+/giu,
  /[^\s"'<>()[\]{},;:\\/=|@]+(?:@|%40|\\u0040)localhost\b/giu,
  /[^\s"'<>()[\]{},;:\\/=|]+@[^\s"'<>()[\]{},;:\\/=|@]+\.[\p{L}\d-]+/giu,
  /[^\s"'<>()[\]{},;:\\/=|]+%40[^\s"'<>()[\]{},;:\\/=|@]+\.[\p{L}\d-]+/giu,
  /[^\s"'<>()[\]{},;:\\/=|]+\\u0040[^\s"'<>()[\]{},;:\\/=|@]+\.[\p{L}\d-]+/giu,
];
/** `~` and base64url, as paths name addresses that no path takes. */
const IN_PATHS = /~([\w-]{8,})/g;
/** Long enough to hold an address. */
const BASE64 = /(?<![\w-])[\w-]{16,}={0,2}(?![\w-])/g;

/** Every e-mail address that a text, or the JSON of a value, lets its reader see, however it is written. */
export function readableAddressesIn(value: unknown): string[] {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return [...new Set([...found(text), ...encodedIn(text).flatMap((inside) => found(inside))])];
}

function found(text: string): string[] {
  return PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map(([address]) => address));
}

/** What is text once it is decoded; a hash is not. */
function encodedIn(text: string): string[] {
  return [...text.matchAll(IN_PATHS), ...text.matchAll(BASE64)]
    .map(([whole, inside]) => Buffer.from(inside ?? whole, 'base64url'))
    .filter((bytes) => isUtf8(bytes) && !/\p{Cc}/u.test(bytes.toString('utf8')))
    .map((bytes) => bytes.toString('utf8'));
}
