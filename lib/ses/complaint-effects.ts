import type { Bounce } from '../policy/bounce.ts';
import type { AddressBook } from './address-book.ts';
import { echoedLayer, isNamed } from './bounce-types.ts';
import { badRecipient, type Effect } from './effect.ts';
import { markEffect } from './mark-effect.ts';
import type { ComplaintNotification, Recipient } from './notification.ts';

/**
 * What each recipient of a complaint comes to. Most receivers hide who complained, and SES then names everyone
 * of that domain: only a complaint that names one recipient is certain. Source: Amazon SES Developer Guide,
 * "Complained recipients".
 */
export function complaintEffects(
  notification: ComplaintNotification,
  { book, campaign }: { book: AddressBook; campaign: string },
): readonly Effect[] {
  const { mail, subType, feedbackType, complainedAt, recipients } = notification;
  const layer = echoedLayer(subType);
  if (layer === null && isNamed(feedbackType, 'not-spam')) {
    return recipients.map(() => ({ kind: 'nothing', why: 'not_spam' }));
  }
  const bounce = bounceOf(notification, { isShared: countNamed(recipients, book) > 1, campaign });
  return recipients.map((recipient) => {
    const reported = book.reportOf(recipient);
    if (reported === null) return badRecipient(recipient);
    if (layer !== null) {
      const echo = { layer, listedFor: 'complaint', happenedAt: complainedAt } as const;
      return markEffect(reported, { ...echo, subType, mail, campaign });
    }
    return { kind: 'bounce', ...reported, bounce, remarks: subType === null ? [] : ['unknown_subtype'] };
  });
}

function bounceOf(
  { mail, feedbackId, complainedAt }: ComplaintNotification,
  { isShared, campaign }: { isShared: boolean; campaign: string },
): Bounce {
  return {
    key: isShared ? 'shared_complaint' : 'complaint',
    permanence: 'permanent',
    classifiedBy: isShared ? 'complaint.several_recipients' : 'complaint.one_recipient',
    feedbackId,
    messageId: mail.messageId,
    campaign,
    sentAt: mail.sentAt,
    bouncedAt: complainedAt,
    bounceType: null,
    bounceSubType: null,
    status: null,
    diagnostic: null,
  };
}

/** How many different recipients stand in the list, unreadable ones counted one by one. */
function countNamed(recipients: readonly Recipient[], book: AddressBook): number {
  return new Set(recipients.map(({ written }, index) => book.addressOf(written) ?? index)).size;
}
