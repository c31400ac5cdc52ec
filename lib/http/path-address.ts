import { isUtf8 } from 'node:buffer';
import { canonicalAddress } from '../policy/address.ts';
import type { NamedAddress } from '../policy/address-record.ts';
import { ProblemError } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** What `{address}` in a path means: an address, or the id of a row (the hash of one). */
export type PathAddress =
  | { readonly kind: 'address'; readonly written: string; readonly canonical: string }
  | { readonly kind: 'id'; readonly hash: string };

const BASE64URL_OF_ADDRESS = /^~([A-Za-z0-9_-]+)={0,2}$/;
const ID = /^[A-Za-z0-9_-]{43}$/;

/** The address that the request is about. Throws ProblemError `invalid_address`. */
export function readPathAddress({ path }: Pick<ApiRequest, 'path'>): PathAddress {
  const address = parsePathAddress(path['address'] ?? '');
  if (address === null) {
    throw new ProblemError(
      'invalid_address',
      'Put one e-mail address in the path, percent-encoded, or "~" and its base64url, or the id of a row.',
    );
  }
  return address;
}

/** The address of a path with its spelling; null for a row's id. */
export function namedAddress(address: PathAddress): NamedAddress | null {
  if (address.kind === 'id') return null;
  // SES lists bare addresses, so a display name is no spelling of one.
  const spellings = address.written.includes('<') ? [] : [address.written.trim()];
  return { address: address.canonical, spellings };
}

/** Null for what is neither an address, nor "~" and the base64url of one, nor an id. */
export function parsePathAddress(text: string): PathAddress | null {
  if (text.includes('@')) return toAddress(text);
  const [, encoded] = BASE64URL_OF_ADDRESS.exec(text) ?? [];
  if (encoded !== undefined) return decodeAddress(Buffer.from(encoded, 'base64url'));
  return ID.test(text) ? { kind: 'id', hash: text } : null;
}

/** Other bytes would turn into replacement characters, and those into an address that nobody meant. */
function decodeAddress(bytes: Buffer): PathAddress | null {
  return isUtf8(bytes) ? toAddress(bytes.toString('utf8')) : null;
}

function toAddress(written: string): PathAddress | null {
  const canonical = canonicalAddress(written);
  return canonical === null ? null : { kind: 'address', written, canonical };
}
