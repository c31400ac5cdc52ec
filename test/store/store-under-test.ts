import type { GrantedRow } from '../../lib/store/ledger-port.ts';
import type { Stores } from './scene.ts';

/** A store that is held to its promises, and what the promises do not let a caller see. */
export interface StoreUnderTest {
  readonly store: Stores;
  ledgerOf(account: string): Promise<readonly GrantedRow[]>;
}
