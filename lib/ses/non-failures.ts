import type { AddressBook } from './address-book.ts';
import { isNamed } from './bounce-types.ts';
import type { BouncedRecipient, BounceNotification } from './notification.ts';

/** DSN actions that are no failure. Source: RFC 3464 section 2.3.3. */
const HARMLESS_ACTIONS = new Set(['delayed', 'relayed', 'expanded', 'delivered']);

/** Why a bounced recipient is no failure, under the name by which it is counted; null when it is one. */
export function whyNotAFailure(
  bounce: BounceNotification,
  recipient: BouncedRecipient,
  book: AddressBook,
): string | null {
  const action = (recipient.action ?? '').toLowerCase();
  if (HARMLESS_ACTIONS.has(action)) return `action_${action}`;
  if (isNamed(bounce.bounceSubType, 'UnsubscribedRecipient')) return 'unsubscribed_recipient';
  if (isAutoReply(bounce, recipient)) return 'auto_reply';
  if (isNamed(bounce.bounceSubType, 'NoEmail') && isOutside(recipient, book)) {
    return 'no_email_outside_destination';
  }
  return null;
}

/** An answer of the out-of-office kind: SES calls it a bounce, but no server reported anything. */
function isAutoReply(
  bounce: BounceNotification,
  { action, status, diagnosticCode }: BouncedRecipient,
): boolean {
  const hasNoDsn = action === null && status === null && diagnosticCode === null;
  return hasNoDsn && isNamed(bounce.bounceType, 'Transient') && isNamed(bounce.bounceSubType, 'General');
}

/** SES could not read from the bounce who it was: an address that the mail was not for is not to blame. */
function isOutside({ written }: BouncedRecipient, book: AddressBook): boolean {
  return book.isOutsideDestination(book.addressOf(written));
}
