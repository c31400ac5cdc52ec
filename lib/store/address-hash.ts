import { hash } from 'node:crypto';

/** The key of an address: SHA-256 of its canonical form as base64url, 43 characters. Pseudonymous, not anonymous. */
export function addressHash(canonical: string): string {
  return hash('sha256', canonical, 'base64url');
}
