import type { Reason } from './reason.ts';

/** What SES decided itself, by the lower-case name of the subtype. */
export interface SubtypeRule {
  readonly id: string;
  readonly subType: string;
  readonly reason: Reason | 'suppressed';
  readonly evidence: string;
}

const BOUNCE_TYPES = 'Amazon SES Developer Guide, "Bounce types"';

/** `General`, `NoEmail` and `Undetermined` say nothing about the reason, so they have no row. */
export const SUBTYPE_RULES: readonly SubtypeRule[] = [
  {
    id: 'subtype.suppressed',
    subType: 'suppressed',
    reason: 'suppressed',
    evidence: `${BOUNCE_TYPES}: Suppressed, on the global suppression list of SES`,
  },
  {
    id: 'subtype.on_account_suppression_list',
    subType: 'onaccountsuppressionlist',
    reason: 'suppressed',
    evidence: `${BOUNCE_TYPES}: OnAccountSuppressionList`,
  },
  {
    id: 'subtype.on_tenant_suppression_list',
    subType: 'ontenantsuppressionlist',
    reason: 'suppressed',
    evidence: `${BOUNCE_TYPES}: OnTenantSuppressionList`,
  },
  {
    id: 'subtype.email_validation_suppressed',
    subType: 'emailvalidationsuppressed',
    reason: 'suppressed',
    evidence: `${BOUNCE_TYPES}: EmailValidationSuppressed`,
  },
  {
    id: 'subtype.unsubscribed_recipient',
    subType: 'unsubscribedrecipient',
    reason: 'policy',
    evidence: `${BOUNCE_TYPES}: UnsubscribedRecipient, left a list of the subscription management of SES`,
  },
  {
    id: 'subtype.mailbox_full',
    subType: 'mailboxfull',
    reason: 'mailbox_full',
    evidence: `${BOUNCE_TYPES}: MailboxFull`,
  },
  {
    id: 'subtype.message_too_large',
    subType: 'messagetoolarge',
    reason: 'message_too_large',
    evidence: `${BOUNCE_TYPES}: MessageTooLarge`,
  },
  {
    id: 'subtype.custom_timeout_exceeded',
    subType: 'customtimeoutexceeded',
    reason: 'timeout',
    evidence: `${BOUNCE_TYPES}: CustomTimeoutExceeded, older than the sender's own limit for delivery`,
  },
  {
    id: 'subtype.content_rejected',
    subType: 'contentrejected',
    reason: 'content',
    evidence: `${BOUNCE_TYPES}: ContentRejected`,
  },
  {
    id: 'subtype.attachment_rejected',
    subType: 'attachmentrejected',
    reason: 'content',
    evidence: `${BOUNCE_TYPES}: AttachmentRejected`,
  },
];
