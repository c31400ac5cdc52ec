/** What an address looks like, as it is, in a link, and escaped. */
const PATTERNS = [
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
  return [...found(text), ...encodedIn(text).flatMap((inside) => found(inside))];
}

function found(text: string): string[] {
  return PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map(([address]) => address));
}

function encodedIn(text: string): string[] {
  const encoded = [...text.matchAll(IN_PATHS), ...text.matchAll(BASE64)];
  return encoded.map(([whole, inside]) => Buffer.from(inside ?? whole, 'base64url').toString('utf8'));
}
