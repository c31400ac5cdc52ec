import type { Instant } from '../policy/time.ts';
import { type AddressBook, type CanonicalAddress, createAddressBook } from './address-book.ts';
import { bounceEffect, type Classify } from './bounce-effect.ts';
import { campaignOf } from './campaign.ts';
import { complaintEffects } from './complaint-effects.ts';
import { badRecipient, type Effect } from './effect.ts';
import type { DeliveryNotification, Mail, Notification } from './notification.ts';

export interface EffectsDependencies {
  readonly canonicalAddress: CanonicalAddress;
  readonly classify: Classify;
  /** Name of the message tag that holds the campaign. */
  readonly campaignTag?: string;
}

/**
 * The effects of a notification: exactly one for each of its recipients, in their order, and one `nothing`
 * for a notification that needs no action. Acts on who bounced or complained, never on `mail.destination`.
 */
export function createEffects({
  canonicalAddress,
  classify,
  campaignTag = 'campaign',
}: EffectsDependencies): (notification: Notification) => readonly Effect[] {
  function surroundings(mail: Mail, happenedAt: Instant | null) {
    return {
      book: createAddressBook(canonicalAddress, mail.destination),
      campaign: campaignOf(mail, { tag: campaignTag, happenedAt }),
    };
  }

  return (notification) => {
    switch (notification.kind) {
      case 'bounce': {
        const context = { ...surroundings(notification.mail, notification.bouncedAt), classify };
        return notification.recipients.map((recipient) => bounceEffect(notification, recipient, context));
      }
      case 'complaint':
        return complaintEffects(notification, surroundings(notification.mail, notification.complainedAt));
      case 'delivery':
        return deliveryEffects(notification, createAddressBook(canonicalAddress, []));
      case 'ignored':
        return [{ kind: 'nothing', why: notification.what }];
    }
  };
}

function deliveryEffects(
  { mail, deliveredAt, recipients }: DeliveryNotification,
  book: AddressBook,
): readonly Effect[] {
  return recipients.map((recipient) => {
    const address = book.addressOf(recipient.written);
    if (address === null) return badRecipient(recipient);
    return { kind: 'delivery', address, messageId: mail.messageId, deliveredAt };
  });
}
