import type { SesLayer } from '../../../lib/policy/layer.ts';
import type { FactKey, Permanence } from '../../../lib/policy/reason.ts';
import type { Instant } from '../../../lib/policy/time.ts';

/** What a notification says of one recipient, as whoever made it up knows: nothing here was read from one. */
export type Fact = BounceFact | EchoFact;

interface Told {
  readonly account: string;
  readonly address: string;
  readonly spellings: readonly string[];
  readonly campaign: string;
  /** Whether the mail named its campaign. */
  readonly isTagged: boolean;
  readonly sentAt: Instant | null;
  /** Of the bounce, the complaint or the echo. */
  readonly at: Instant | null;
  readonly tenants: readonly string[];
}

export interface BounceFact extends Told {
  readonly kind: 'bounce';
  readonly key: FactKey;
  readonly permanence: Permanence;
  readonly feedbackId: string;
  readonly messageId: string;
  readonly status: string | null;
  /** Whether SES calls the bounce permanent, and lists the address. */
  readonly isListed: boolean;
}

export interface EchoFact extends Told {
  readonly kind: 'echo';
  readonly layer: SesLayer;
  readonly listedFor: 'bounce' | 'complaint';
}

/** One notification: how it is told, how often, and what is true of it. */
export interface Notice {
  /** SQS bodies: every copy, in whatever shape. */
  readonly bodies: readonly string[];
  readonly facts: readonly Fact[];
  /** Why it is to be parked; null where it is understood. */
  readonly refusal: string | null;
  /** Before the first half of the log has ended nobody can have told it. */
  readonly isLate: boolean;
}
