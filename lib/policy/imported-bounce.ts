import type { Bounce } from './bounce.ts';
import type { FactKey, Permanence } from './reason.ts';
import { type Instant, toIso } from './time.ts';

/** Stands for the campaign of what was imported: no mail of ours brought it. */
export const IMPORTED_CAMPAIGN = 'imported';

/** No feedback id of SES begins like that. */
const IMPORTED = 'import:';

/** What a row of another provider's list says of its address. */
export interface ImportedTelling {
  readonly key: FactKey;
  readonly permanence: Permanence;
  readonly classifiedBy: string;
  readonly status: string | null;
  readonly diagnostic: string | null;
  /** The date of the row; null when it has none. */
  readonly bouncedAt: Instant | null;
}

/**
 * A row as a bounce: its date is when the mail was sent too. Its id comes from that date alone, so that a row that
 * is imported again, from whatever file, is the same bounce.
 */
export function importedBounce({ bouncedAt, ...telling }: ImportedTelling): Bounce {
  return {
    ...telling,
    feedbackId: `${IMPORTED}${bouncedAt === null ? 'undated' : toIso(bouncedAt)}`,
    messageId: null,
    campaign: IMPORTED_CAMPAIGN,
    sentAt: bouncedAt,
    bouncedAt,
    bounceType: null,
    bounceSubType: null,
  };
}

/** Whether a bounce was taken over from elsewhere. It speaks for its account alone: no mail of this deployment bounced. */
export function isImported({ feedbackId }: Pick<Bounce, 'feedbackId'>): boolean {
  return feedbackId.startsWith(IMPORTED);
}
