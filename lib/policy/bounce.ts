import type { FactKey, Permanence } from './reason.ts';
import type { Instant } from './time.ts';

/** What SES and the receiving server said about one recipient: all that a reason is read from. */
export interface BounceEvidence {
  /** SES's type: `Permanent`, `Transient` or `Undetermined`. */
  readonly bounceType: string | null;
  readonly bounceSubType: string | null;
  /** Enhanced status code (RFC 3463), `5.1.1`. */
  readonly status: string | null;
  /** The receiving server's words, `smtp; 550 5.1.1 user unknown`. */
  readonly diagnosticCode: string | null;
  /** DSN action (RFC 3464 section 2.3.3): failed, delayed, delivered, relayed or expanded. */
  readonly action: string | null;
}

/** One recipient of one bounce or complaint notification: a fact, kept as reported. */
export interface Bounce {
  readonly key: FactKey;
  readonly permanence: Permanence;
  /** Id of the classifier's rule that read the reason. */
  readonly classifiedBy: string;
  /** SES's id of the notification; what distinguishes two bounces of one address. Never empty. */
  readonly feedbackId: string;
  readonly messageId: string | null;
  readonly campaign: string;
  /** When SES accepted the mail, by SES's clock. Null when the notification does not say. */
  readonly sentAt: Instant | null;
  /** When the bounce or complaint happened. Null when the notification does not say. */
  readonly bouncedAt: Instant | null;
  readonly bounceType: string | null;
  readonly bounceSubType: string | null;
  readonly status: string | null;
  /** The receiving server's words: at most 1 KB of UTF-8, control and bidirectional characters stripped. */
  readonly diagnostic: string | null;
}
