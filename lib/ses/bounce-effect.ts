import type { BounceEvidence } from '../policy/bounce.ts';
import type { Classification } from '../policy/classify.ts';
import type { AddressBook } from './address-book.ts';
import { echoedLayer, remarksOn, typeAsEvidence } from './bounce-types.ts';
import { cleanDiagnostic } from './diagnostic.ts';
import { badRecipient, type Effect } from './effect.ts';
import { markEffect } from './mark-effect.ts';
import { whyNotAFailure } from './non-failures.ts';
import type { BouncedRecipient, BounceNotification } from './notification.ts';
import { namedTenants } from './sender.ts';

export type Classify = (evidence: BounceEvidence) => Classification;

/** What one bounced recipient comes to. */
export function bounceEffect(
  notification: BounceNotification,
  recipient: BouncedRecipient,
  { book, campaign, classify }: { book: AddressBook; campaign: string; classify: Classify },
): Effect {
  const why = whyNotAFailure(notification, recipient, book);
  if (why !== null) return { kind: 'nothing', why };
  const reported = book.reportOf(recipient);
  if (reported === null) return badRecipient(recipient);
  const { mail, feedbackId, bouncedAt, bounceType, bounceSubType } = notification;
  const layer = echoedLayer(bounceSubType);
  const { reason, permanence, rule } = classify(evidenceOf(notification, recipient));
  if (layer !== null || reason === 'suppressed') {
    // The echo of a list that SES does not name is filed where it ends by itself.
    const echo = { layer: layer ?? 'sesGlobalList', listedFor: 'bounce', happenedAt: bouncedAt } as const;
    return markEffect(reported, { ...echo, subType: bounceSubType, mail, campaign });
  }
  return {
    kind: 'bounce',
    ...reported,
    bounce: {
      key: reason,
      permanence,
      classifiedBy: rule,
      feedbackId,
      messageId: mail.messageId,
      campaign,
      sentAt: mail.sentAt,
      bouncedAt,
      bounceType,
      bounceSubType,
      status: recipient.status,
      diagnostic: cleanDiagnostic(recipient.diagnosticCode),
    },
    ...namedTenants(mail),
    remarks: remarksOn(notification),
  };
}

function evidenceOf(notification: BounceNotification, recipient: BouncedRecipient): BounceEvidence {
  const { status, diagnosticCode, action } = recipient;
  const { bounceSubType } = notification;
  return { bounceType: typeAsEvidence(notification), bounceSubType, status, diagnosticCode, action };
}
