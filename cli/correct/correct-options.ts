import type { Reason } from '../../client/index.ts';
import type { AccountsOptions } from '../accounts.ts';

/** What `rebound correct` was told. */
export interface CorrectOptions extends AccountsOptions {
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly reason?: Reason;
  readonly rule?: string;
  readonly domain?: string;
  readonly campaign?: string;
  readonly earlier?: true;
  readonly apply?: true;
  readonly note?: string;
  readonly json?: true;
}
