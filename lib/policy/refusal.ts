import { type Account, hasConnectedIdentity } from './account.ts';
import type { AddressRecord } from './address-record.ts';
import { type AddressStatus, ownMarks } from './address-status.ts';
import type { Policy } from './policy.ts';
import type { Quota } from './quota.ts';
import { reasonOf } from './reason.ts';
import { readLayer } from './ses-layers.ts';
import { unexpired } from './standing.ts';
import { type Instant, toIso } from './time.ts';
import { blockingSesLayers } from './verdict.ts';

/** One condition of the unbounce that does not hold. */
export interface Refusal {
  readonly rule: UnbounceRule;
  readonly code: RefusalCode;
  /** What is in the way and what can be done. */
  readonly message: string;
  /** When the condition heals by itself, where it does. */
  readonly resetsAt?: Instant;
}

/** In the order in which the first that fails gives code and status. */
export const UNBOUNCE_RULES = ['U8', 'U1', 'U2', 'U4', 'U3', 'U5', 'U7', 'U6'] as const;
export type UnbounceRule = (typeof UNBOUNCE_RULES)[number];

export type RefusalCode =
  | 'one_address_only'
  | 'confirmation_required'
  | 'not_suppressed'
  | 'global_bounce'
  | 'reason_not_unbounceable'
  | 'already_unbounced_once'
  | 'sending_identity_not_connected'
  | 'quota_exhausted';

/** What the conditions that belong to one address are decided from. */
export interface AddressQuestion {
  readonly record: AddressRecord;
  readonly status: AddressStatus;
  readonly policy: Policy;
  readonly now: Instant;
}

/** U8 and U1: what the caller must say. */
export function requestRefusals({
  namesOneAddress,
  isConfirmed,
}: {
  readonly namesOneAddress: boolean;
  readonly isConfirmed: boolean;
}): Refusal[] {
  const refusals: Refusal[] = [];
  if (!namesOneAddress) {
    refusals.push({
      rule: 'U8',
      code: 'one_address_only',
      message: 'One request lifts one address, the one in its path. Leave out every other address.',
    });
  }
  if (!isConfirmed) {
    refusals.push({
      rule: 'U1',
      code: 'confirmation_required',
      message:
        'Confirm that the address is valid: ask the contact, then send the member "confirmedValid" with the value true.',
    });
  }
  return refusals;
}

/** U2, U4, U3 and U5: what the address itself allows. */
export function addressRefusals({ record, status, policy, now }: AddressQuestion): Refusal[] {
  const refusals: Refusal[] = [];
  const standing = unexpired(ownMarks(status, record), now);
  const question = { account: record.account, now };
  const layers = blockingSesLayers(status, question);
  const isBlocked =
    standing.length > 0 || status.global !== null || layers.some(({ state }) => state === 'blocked');
  if (!isBlocked) {
    refusals.push({
      rule: 'U2',
      code: 'not_suppressed',
      message:
        layers.length > 0
          ? 'SES is being asked already to take the address off its list. Wait until that is done.'
          : 'Nothing keeps this account from sending to the address, so there is nothing to lift.',
    });
  }
  if (status.global !== null) {
    refusals.push({
      rule: 'U4',
      code: 'global_bounce',
      message: 'The address is dead for every account. Ask the operator, who can release a global bounce.',
    });
  }
  const objection = objectionOf({ record, status, policy, now });
  if (objection !== null) {
    refusals.push({ rule: 'U3', code: 'reason_not_unbounceable', message: objection });
  }
  if (record.unbounce !== null) {
    refusals.push({
      rule: 'U5',
      code: 'already_unbounced_once',
      message: `The address had its one unbounce on ${toIso(record.unbounce.unbouncedAt)}. Only a release by the operator can help.`,
    });
  }
  return refusals;
}

/** U7 and U6: what holds for the whole account. */
export function accountRefusals(account: Account, quota: Quota): Refusal[] {
  const refusals: Refusal[] = [];
  if (!hasConnectedIdentity(account)) {
    refusals.push({
      rule: 'U7',
      code: 'sending_identity_not_connected',
      message:
        'The account has no sending identity that SES has verified. Verify one with SES, then set the account\'s "sendingIdentities" (again).',
    });
  }
  if (quota.used >= quota.limit) {
    refusals.push({
      rule: 'U6',
      code: 'quota_exhausted',
      message: `All ${quota.limit} unbounces of ${quota.month} are used. Try again after ${toIso(quota.resetsAt)}.`,
      resetsAt: quota.resetsAt,
    });
  }
  return refusals;
}

function objectionOf({ record, status, policy, now }: AddressQuestion): string | null {
  const question = { account: record.account, now };
  const standing = unexpired(ownMarks(status, record), now);
  const never = standing.find(({ key }) => policy.rows[key].unbounce === 'never');
  if (never !== undefined) {
    const { meaning, advice } = policy.rows[never.key];
    return `The reason ${reasonOf(never.key)} cannot be unbounced. ${meaning} ${advice}`;
  }
  const globalList = readLayer(status.ses, { layer: 'sesGlobalList', ...question });
  if (globalList.state === 'blocked') {
    const end = globalList.until === null ? '' : ` It ends by itself at ${toIso(globalList.until)}.`;
    return `SES's own global list blocks the address; no account can lift that.${end}`;
  }
  const accountList = readLayer(status.ses, { layer: 'sesAccountList', ...question });
  if (accountList.listedFor === 'complaint') {
    return "SES's account list holds the address for a complaint. Do not mail this person again.";
  }
  return null;
}
