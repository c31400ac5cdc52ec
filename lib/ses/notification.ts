import type { Instant } from '../policy/time.ts';

/** Message tags by name. They come with event publishing alone; feedback of an identity has none. */
export type Tags = Readonly<Record<string, readonly string[]>>;

/** The mail that a notification is about. Source: Amazon SES Developer Guide, "Mail object". */
export interface Mail {
  readonly messageId: string | null;
  /** When SES accepted it, by SES's clock. */
  readonly sentAt: Instant | null;
  /** Who sent it, as written. */
  readonly source: string | null;
  /** Whom it was for, as written: never who bounced or complained. */
  readonly destination: readonly string[];
  readonly tags: Tags;
}

export interface Recipient {
  /** The address as SES wrote it; null when it named none. */
  readonly written: string | null;
}

/** Source: Amazon SES Developer Guide, "Bounced recipients". */
export interface BouncedRecipient extends Recipient {
  readonly action: string | null;
  readonly status: string | null;
  /** The receiving server's words, as received: of any length and with any characters. */
  readonly diagnosticCode: string | null;
}

export interface BounceNotification {
  readonly kind: 'bounce';
  readonly mail: Mail;
  /** Never empty: where SES gave none, made of the message id and the time of the bounce. */
  readonly feedbackId: string;
  readonly bouncedAt: Instant | null;
  readonly bounceType: string | null;
  readonly bounceSubType: string | null;
  readonly recipients: readonly BouncedRecipient[];
}

export interface ComplaintNotification {
  readonly kind: 'complaint';
  readonly mail: Mail;
  /** Never empty, as in a bounce. */
  readonly feedbackId: string;
  readonly complainedAt: Instant | null;
  readonly subType: string | null;
  /** Feedback-Type of the report (RFC 5965 section 7.3): `abuse`, `not-spam`, ... */
  readonly feedbackType: string | null;
  readonly recipients: readonly Recipient[];
}

export interface DeliveryNotification {
  readonly kind: 'delivery';
  readonly mail: Mail;
  readonly deliveredAt: Instant | null;
  readonly recipients: readonly Recipient[];
}

/** A hand-shake, or an event that needs no action; `what` is one of a fixed set of names. */
export interface IgnoredNotification {
  readonly kind: 'ignored';
  readonly what: string;
}

export type Notification =
  | BounceNotification
  | ComplaintNotification
  | DeliveryNotification
  | IgnoredNotification;
