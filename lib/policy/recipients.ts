import { canonicalAddress } from './address.ts';

/** One member of the list that a caller wants to send to. */
export interface Recipient {
  /** As the caller wrote it. */
  readonly written: string;
  /** Null when it is no address. */
  readonly address: string | null;
  /** Whether an equal address stands earlier in the list. */
  readonly isDuplicate: boolean;
}

/** Reads a caller's list: every member gets its canonical address, in order; equal ones count once. */
export function readRecipients(written: readonly string[]): readonly Recipient[] {
  const seen = new Set<string | null>();
  return written.map((text) => {
    const address = canonicalAddress(text);
    const isDuplicate = address !== null && seen.has(address);
    seen.add(address);
    return { written: text, address, isDuplicate };
  });
}
