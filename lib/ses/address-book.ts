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

  function writtenByAddress(): ReadonlyMap<string, readonly string[]> {
    sentTo ??= Map.groupBy(
      destination.filter((written) => addressOf(written) !== null),
      (written) => addressOf(written) ?? '',
    );
    return sentTo;
  }

  function reportOf({ written }: Recipient): ReportedAddress | null {
    const address = addressOf(written);
    if (written === null || address === null) return null;
    const spellings = [written, ...(writtenByAddress().get(address) ?? [])]
      .map(withoutDisplayName)
      .filter((spelling) => spelling.length <= MAX_SPELLING_IN_CHARACTERS && !spelling.endsWith('>'));
    return { address, spellings: [...new Set(spellings)].slice(0, MAX_SPELLINGS) };
  }

  function isOutsideDestination(address: string | null): boolean {
    return writtenByAddress().size > 0 && !writtenByAddress().has(address ?? '');
  }

  return { addressOf, reportOf, isOutsideDestination };
}

function withoutDisplayName(written: string): string {
  return (IN_ANGLE_BRACKETS.exec(written)?.[1] ?? written).trim();
}
