import type { Account } from '../policy/account.ts';
import { type AddressSnapshot, ownMarks } from '../policy/address-status.ts';
import type { Bounce } from '../policy/bounce.ts';
import { type LayerState, SES_LAYERS, type SesLayer } from '../policy/layer.ts';
import type { Quota } from '../policy/quota.ts';
import { reasonOf } from '../policy/reason.ts';
import { readLayer } from '../policy/ses-layers.ts';
import { unexpired } from '../policy/standing.ts';
import { type Instant, toIso } from '../policy/time.ts';

/** How policy's things look in an answer: times as RFC 3339, absent ones as null. */

export function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}

export function quotaAnswer({ resetsAt, ...quota }: Quota) {
  return { ...quota, resetsAt: toIso(resetsAt) };
}

/** Whether U7 rests on what SES says, or on a registration alone because no SES is configured. */
export function identityCheckOf({ sendingIdentities }: Account): 'verified' | 'not_checked' | 'none' {
  const found = sendingIdentities.map(({ verification }) => verification);
  if (found.includes('verified')) {
    return 'verified';
  }
  return found.includes('not_checked') ? 'not_checked' : 'none';
}

export function accountAnswer({ id, contacts, sendingIdentities }: Account, quota: Quota) {
  return {
    account: id,
    contacts,
    sendingIdentities: sendingIdentities.map(({ checkedAt, ...identity }) => ({
      ...identity,
      checkedAt: toIso(checkedAt),
    })),
    unbounceQuota: quotaAnswer(quota),
  };
}

export type LayersAnswer = Readonly<Record<'own' | 'global' | SesLayer, LayerState>>;

/** How each layer stands for the account: what blocks the address, and what nobody knows. */
export function layersAnswer({ record, status }: AddressSnapshot, now: Instant): LayersAnswer {
  const { account } = record;
  const standing = unexpired(ownMarks(status, record), now);
  const ses = SES_LAYERS.map(
    (layer) => [layer, readLayer(status.ses, { layer, account, now }).state] as const,
  );
  return {
    own: standing.length > 0 ? 'blocked' : 'clear',
    global: status.global === null ? 'clear' : 'blocked',
    ...(Object.fromEntries(ses) as Record<SesLayer, LayerState>),
  };
}

/** One bounce with everything that is known of it. */
export function bounceAnswer(bounce: Bounce) {
  return {
    reason: reasonOf(bounce.key),
    permanence: bounce.permanence,
    rule: bounce.classifiedBy,
    bounceType: bounce.bounceType,
    bounceSubType: bounce.bounceSubType,
    status: bounce.status,
    diagnostic: bounce.diagnostic,
    campaign: bounce.campaign,
    messageId: bounce.messageId,
    feedbackId: bounce.feedbackId,
    sentAt: isoOrNull(bounce.sentAt),
    bouncedAt: isoOrNull(bounce.bouncedAt),
  };
}
