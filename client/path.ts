const PLAIN_ADDRESS = /^[A-Za-z0-9._+-]*@[A-Za-z0-9@._+-]*$/;
const ID = /^[A-Za-z0-9_-]{43}$/;

/**
 * A path with its `{name}` parts filled in. Throws RangeError for `.` and `..`, which no path can hold.
 * The gateway decodes a path before it routes it, so an address that would change on the way goes as base64url.
 */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name] ?? '';
    return name === 'address' ? addressInPath(value) : textInPath(value);
  });
}

/** How an address, or the id of a row, stands in a path. */
export function addressInPath(address: string): string {
  return PLAIN_ADDRESS.test(address) || ID.test(address) ? address : `~${base64url(address)}`;
}

function textInPath(text: string): string {
  if (text === '.' || text === '..') throw new RangeError(`"${text}" cannot stand in a path.`);
  return encodeURIComponent(text).replaceAll('%40', '@');
}

/** RFC 4648 section 5, without padding, of the text in UTF-8. */
function base64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
