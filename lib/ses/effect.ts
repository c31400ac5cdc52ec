import type { Bounce } from '../policy/bounce.ts';
import type { SesMark } from '../policy/layer.ts';
import type { Instant } from '../policy/time.ts';
import type { ReportedAddress } from './address-book.ts';
import type { Remark } from './bounce-types.ts';
import type { Recipient } from './notification.ts';

export interface BounceEffect extends ReportedAddress {
  readonly kind: 'bounce';
  readonly bounce: Bounce;
  /** The SES tenants that sent the mail, on whose lists the address may be by now. */
  readonly tenants?: readonly string[];
  /** What the operator should see counted. */
  readonly remarks: readonly Remark[];
}

export interface MarkEffect extends ReportedAddress {
  readonly kind: 'mark';
  readonly mark: SesMark;
  /** Of the mail that SES did not send. */
  readonly campaign: string;
  /** The SES tenants on whose list the address is, where it is a tenant's. */
  readonly tenants?: readonly string[];
}

export interface DeliveryEffect {
  readonly kind: 'delivery';
  readonly address: string;
  readonly messageId: string | null;
  readonly deliveredAt: Instant | null;
}

/** Nothing has to be done; `why` is one of a fixed set of names. */
export interface NoEffect {
  readonly kind: 'nothing';
  readonly why: string;
}

/** A recipient that is no address: the message is parked, the good recipients beside it are recorded. */
export interface BadRecipient {
  readonly kind: 'bad_recipient';
  /** As SES wrote it, with whatever characters; null when it named none. */
  readonly written: string | null;
  readonly why: 'no_address' | 'not_an_address';
}

/** What one recipient of one notification comes to. */
export type Effect = BounceEffect | MarkEffect | DeliveryEffect | NoEffect | BadRecipient;

export function badRecipient({ written }: Recipient): BadRecipient {
  return { kind: 'bad_recipient', written, why: written === null ? 'no_address' : 'not_an_address' };
}
