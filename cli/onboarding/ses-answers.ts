import type { IdentityNotificationAttributes } from '@aws-sdk/client-ses';
import type { EventDestination, GetAccountResponse, IdentityInfo } from '@aws-sdk/client-sesv2';
import {
  type AccountSetup,
  type Destination,
  FEEDBACK,
  type IdentitySetup,
  type NotificationSetup,
} from './ses-setup.ts';

/** What configuration sets call feedback. */
export const EVENT_TYPES = { bounce: 'BOUNCE', complaint: 'COMPLAINT' } as const;

export function toAccount(account: GetAccountResponse): AccountSetup {
  return {
    isInSandbox: account.ProductionAccessEnabled !== true,
    maySend: account.SendingEnabled === true,
    standing: account.EnforcementStatus ?? 'unknown',
    mailsPerDay: account.SendQuota?.Max24HourSend ?? 0,
    mailsPerSecond: account.SendQuota?.MaxSendRate ?? 0,
    listsFor: account.SuppressionAttributes?.SuppressedReasons ?? [],
    hasVdm: account.VdmAttributes?.VdmEnabled === 'ENABLED',
  };
}

export function toIdentity({
  IdentityName = '',
  VerificationStatus,
}: IdentityInfo): Pick<IdentitySetup, 'name' | 'isVerified'> {
  return { name: IdentityName, isVerified: VerificationStatus === 'SUCCESS' };
}

export function toNotifications(attributes: IdentityNotificationAttributes): NotificationSetup {
  return {
    topics: { bounce: attributes.BounceTopic || null, complaint: attributes.ComplaintTopic || null },
    includesHeaders:
      attributes.HeadersInBounceNotificationsEnabled === true ||
      attributes.HeadersInComplaintNotificationsEnabled === true,
    forwardsByMail: attributes.ForwardingEnabled === true,
  };
}

export function toDestination({
  Enabled,
  SnsDestination,
  MatchingEventTypes = [],
}: EventDestination): Destination {
  return {
    isEnabled: Enabled === true,
    topicArn: SnsDestination?.TopicArn ?? null,
    feedback: FEEDBACK.filter((kind) => MatchingEventTypes.includes(EVENT_TYPES[kind])),
  };
}
