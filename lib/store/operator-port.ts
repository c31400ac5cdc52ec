import type { Unbounce } from '../policy/address-record.ts';
import type { AddressStatus } from '../policy/address-status.ts';
import type { DecidedRelease, Release, WholeAddress } from '../policy/release.ts';
import type { Instant } from '../policy/time.ts';

/** What the operator sees and changes of an address. Every method throws `UnavailableError` at its deadline. */
export interface OperatorStore {
  /** An address as all accounts see it, strongly consistent: its status, and then every account's record. */
  readWhole(addressHash: string, deadlineAt: Instant): Promise<WholeAddress>;

  /** The newest releases of an address, newest first, strongly consistent. */
  listReleases(query: ReleasesQuery): Promise<readonly Release[]>;

  /** Writes a release in one transaction; `lost` when one of its guards no longer holds. */
  saveRelease(write: ReleaseWrite): Promise<'saved' | 'lost'>;

  /** Applies a pure change to the status under the version read; reads again when another writer was first. */
  updateStatus(addressHash: string, update: StatusUpdate): Promise<AddressStatus>;

  /** Writes unbounces over the ledger's rows of them, and takes the reasons off the releases. May be repeated. */
  eraseLedger(erasure: LedgerErasure): Promise<void>;
}

export interface ReleasesQuery {
  readonly addressHash: string;
  /** 1 to 1,000. */
  readonly limit: number;
  readonly deadlineAt: Instant;
}

export interface ReleaseWrite {
  readonly addressHash: string;
  readonly decided: DecidedRelease;
  readonly deadlineAt: Instant;
}

export interface StatusUpdate {
  readonly change: (status: AddressStatus) => AddressStatus;
  readonly deadlineAt: Instant;
}

export interface LedgerErasure {
  readonly addressHash: string;
  /** As they are to read, each with its account. */
  readonly unbounces: readonly { readonly account: string; readonly unbounce: Unbounce }[];
  readonly deadlineAt: Instant;
}
