import type { Recipient } from './notification.ts';

/** Null for what is no address. */
export type CanonicalAddress = (written: string) => string | null;

export interface ReportedAddress {
  /** Canonical. */
  readonly address: string;
  /** As SES reported it, then as it was sent to: without display names, each once, at most ten. */
  readonly spellings: readonly string[];
}

/** The addresses of one notification, each made canonical once. */
export interface AddressBook {
  addressOf(written: string | null): string | null;
  /** Null for a recipient that is no address. */
  reportOf(recipient: Recipient): ReportedAddress | null;
  /** Whether the mail is known not to have been for this address. */
  isOutsideDestination(address: string | null): boolean;
}

const MAX_SPELLINGS = 10;
const MAX_SPELLING_IN_CHARACTERS = 320;
const IN_ANGLE_BRACKETS = /<([^<>]*)>\s*$/;

export function createAddressBook(
  canonicalAddress: CanonicalAddress,
  destination: readonly string[],
): AddressBook {
  const known = new Map<string, string | null>();
  let sentTo: ReadonlyMap<string, readonly string[]> | undefined;

  function addressOf(written: string | null): string | null {
    if (written === null) return null;
    const before = known.get(written);
    if (before !== undefined) return before;
    const address = canonicalAddress(written);
    known.set(written, address);
    return address;
  }

  function spellingsSentTo(): ReadonlyMap<string, readonly string[]> {
    sentTo ??= spellingsByAddress(destination, addressOf);
    return sentTo;
  }

  function reportOf({ written }: Recipient): ReportedAddress | null {
    const address = addressOf(written);
    if (written === null || address === null) return null;
    const reported = spellingOf(written);
    const spellings = new Set([
      ...(reported === null ? [] : [reported]),
      ...(spellingsSentTo().get(address) ?? []),
    ]);
    return { address, spellings: [...spellings].slice(0, MAX_SPELLINGS) };
  }

  function isOutsideDestination(address: string | null): boolean {
    return spellingsSentTo().size > 0 && !spellingsSentTo().has(address ?? '');
  }

  return { addressOf, reportOf, isOutsideDestination };
}

function spellingsByAddress(
  destination: readonly string[],
  addressOf: CanonicalAddress,
): ReadonlyMap<string, readonly string[]> {
  const spellings = new Map<string, string[]>();
  for (const written of destination) {
    const address = addressOf(written);
    if (address === null) continue;
    const known = spellings.get(address) ?? [];
    const spelling = spellingOf(written);
    if (spelling !== null && known.length < MAX_SPELLINGS && !known.includes(spelling)) known.push(spelling);
    spellings.set(address, known);
  }
  return spellings;
}

/** The address as written without its display name; null where that takes more than a glance. */
function spellingOf(written: string): string | null {
  const spelling = (IN_ANGLE_BRACKETS.exec(written)?.[1] ?? written).trim();
  return spelling.length <= MAX_SPELLING_IN_CHARACTERS && !spelling.endsWith('>') ? spelling : null;
}
