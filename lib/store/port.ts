import type { Account, SendingIdentity } from '../policy/account.ts';
import type { AddressRecord, Suppression } from '../policy/address-record.ts';
import type { AddressSnapshot, AddressStatus } from '../policy/address-status.ts';
import type { Instant, Month } from '../policy/time.ts';
import type { GrantedUnbounce, UnbounceGuard } from '../policy/unbounce.ts';

/** Every method throws `UnavailableError` when the store has not answered by its deadline. */
export interface AddressStore {
  /**
   * The status items of these addresses, strongly consistent. An address without one is left out, which
   * means that nothing was ever recorded of it: one that could not be read fails the whole call.
   */
  readStatuses(addressHashes: readonly string[], deadlineAt: Instant): Promise<Map<string, AddressStatus>>;

  /** An account's records of these addresses, strongly consistent; those without one are left out. */
  readRecords(query: RecordsQuery): Promise<Map<string, AddressRecord>>;

  /** One address as an account sees it, both items as of one moment, strongly consistent. */
  readAddress(key: AddressKey, deadlineAt: Instant): Promise<AddressSnapshot>;

  /**
   * Reads, applies the change and writes under the versions read; reads again when another writer was
   * first. The change must be pure: it may run several times. What it leaves alone is not written.
   * Answers what is stored then.
   */
  updateAddress(key: AddressKey, update: AddressUpdate): Promise<AddressSnapshot>;

  /** The account's suppressed addresses, newest first; some of them may have ended by now. */
  listSuppressions(query: SuppressionsQuery): Promise<Page<SuppressedAddress, SuppressionPosition>>;
}

export interface AddressKey {
  readonly account: string;
  readonly addressHash: string;
}

export interface RecordsQuery {
  readonly account: string;
  readonly addressHashes: readonly string[];
  readonly deadlineAt: Instant;
}

export interface AddressUpdate {
  readonly deadlineAt: Instant;
  /** As it was read a moment ago, strongly consistent: spares the first read. */
  readonly before?: AddressSnapshot;
  readonly change: (snapshot: AddressSnapshot) => AddressSnapshot;
}

export interface SuppressedAddress {
  readonly addressHash: string;
  readonly address: string | null;
  readonly suppression: Suppression;
  readonly erasedAt: Instant | null;
}

/** The last row of a page: where the list of suppressed addresses goes on. */
export type SuppressionPosition = Readonly<Record<'addressHash' | 'suppressedAt', string>>;

export interface SuppressionsQuery {
  readonly account: string;
  /** Rows to read, 1 to 1,000. */
  readonly limit: number;
  readonly after: SuppressionPosition | null;
  /** Leaves out what was recorded before; absent for nothing. */
  readonly since?: Instant;
  readonly deadlineAt: Instant;
}

export interface Page<T, Position> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly next: Position | null;
}

export interface UnbounceStore {
  /** Unbounces that the account was granted in the month, strongly consistent. */
  readUsed(query: { account: string; month: Month; deadlineAt: Instant }): Promise<number>;

  /** Writes a grant in one transaction, or names the guards that no longer hold. */
  grantUnbounce(grant: UnbounceWrite): Promise<UnbounceOutcome>;
}

export interface UnbounceWrite {
  readonly key: AddressKey;
  readonly granted: GrantedUnbounce;
  readonly deadlineAt: Instant;
}

export type UnbounceOutcome =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'lost'; readonly lost: readonly UnbounceGuard['guard'][] };

export interface AccountStore {
  /** A registered account, strongly consistent; null when it is not registered. */
  readAccount(id: string, deadlineAt: Instant): Promise<Account | null>;

  /** Which of these accounts are registered, and who owns these sending identities. */
  findSenders(query: SendersQuery): Promise<Senders>;

  /**
   * The registered accounts by their ids, strongly consistent. The default account comes first, whether or not anybody has set
   * it up, and is not counted in the limit.
   */
  listAccounts(query: AccountsQuery): Promise<Page<string, AccountPosition>>;

  /** Writes the settings under the version read, and the account on the list of all. */
  saveAccount(change: AccountChange, deadlineAt: Instant): Promise<AccountOutcome>;
}

export interface SendersQuery {
  readonly accounts: readonly string[];
  readonly identities: readonly string[];
  readonly deadlineAt: Instant;
}

export interface Senders {
  readonly registered: ReadonlySet<string>;
  /** Sending identity to the account that owns it. */
  readonly owners: ReadonlyMap<string, string>;
}

/** The last account of a page. */
export type AccountPosition = Readonly<Record<'account', string>>;

export interface AccountsQuery {
  /** 1 to 1,000. */
  readonly limit: number;
  readonly after: AccountPosition | null;
  readonly deadlineAt: Instant;
}

export interface AccountChange {
  /** As read; version 0 registers it. */
  readonly before: Account;
  readonly contacts: number | null;
  readonly sendingIdentities: readonly SendingIdentity[];
}

export type AccountOutcome =
  | { readonly outcome: 'saved'; readonly account: Account }
  | { readonly outcome: 'lost' }
  | { readonly outcome: 'identity_taken'; readonly identities: readonly string[] };
