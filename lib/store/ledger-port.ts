import type { Unbounce } from '../policy/address-record.ts';
import { type Instant, type Month, toIso } from '../policy/time.ts';
import type { Page } from './port.ts';

/** Who was unbounced. Throws `UnavailableError` when the store has not answered by the deadline. */
export interface LedgerStore {
  /** The unbounces that an account was granted in a month, newest first, strongly consistent. */
  listUnbounces(query: LedgerQuery): Promise<Page<GrantedRow, LedgerPosition>>;
}

/** One unbounce as the ledger keeps it. */
export interface GrantedRow {
  readonly addressHash: string;
  readonly unbounce: Unbounce;
}

/** The same, and whose it is. */
export interface LedgerRow extends GrantedRow {
  readonly account: string;
}

/** The last unbounce of a page. */
export type LedgerPosition = Readonly<Record<'month' | 'unbouncedAt' | 'addressHash', string>>;

export interface LedgerQuery {
  readonly account: string;
  readonly month: Month;
  /** 1 to 1,000. */
  readonly limit: number;
  /** Of the same month. */
  readonly after: LedgerPosition | null;
  readonly deadlineAt: Instant;
}

/** Where a page goes on after an unbounce. */
export function ledgerPosition({ addressHash, unbounce }: GrantedRow): LedgerPosition {
  const { month, unbouncedAt } = unbounce;
  return { month, addressHash, unbouncedAt: toIso(unbouncedAt) };
}
