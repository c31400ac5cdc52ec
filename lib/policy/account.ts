import type { Instant } from './time.ts';

/** Whether SES has verified a sending identity; `not_checked` where no SES is configured. */
export type Verification = 'verified' | 'unverified' | 'not_checked';

/** A domain or e-mail address that an account sends from. */
export interface SendingIdentity {
  readonly name: string;
  readonly verification: Verification;
  readonly checkedAt: Instant;
}

/** A registered sender and its settings. */
export interface Account {
  readonly id: string;
  /** 0 for the default account before its first PUT: registered without an item. */
  readonly version: number;
  /** How many contacts the quota is counted from; null when nobody said. */
  readonly contacts: number | null;
  readonly sendingIdentities: readonly SendingIdentity[];
}

const ACCOUNT_ID = /^[A-Za-z0-9_-]{1,64}$/;
const CAMPAIGN_ID = /^[A-Za-z0-9_.@-]{1,256}$/;

export function isAccountId(text: string): boolean {
  return ACCOUNT_ID.test(text);
}

export function isCampaignId(text: string): boolean {
  return CAMPAIGN_ID.test(text);
}

/** The default account as it is before anybody has set it up. */
export function unsetAccount(id: string): Account {
  return { id, version: 0, contacts: null, sendingIdentities: [] };
}

/** Whether the account may send at all: an identity that SES verified, or that nobody could check. */
export function hasConnectedIdentity(account: Account): boolean {
  return account.sendingIdentities.some(({ verification }) => verification !== 'unverified');
}
