import { type Permanence, REASONS, type Reason } from './reason.ts';

/** What a word in a list of suppressions means. */
export type WordMeaning =
  | {
      readonly is: 'bounce';
      readonly permanence: Permanence;
      /** Null where the word does not say why. */
      readonly reason: Exclude<Reason, 'complaint'> | null;
    }
  | { readonly is: 'complaint' }
  /** The person or the sender wished it so: nothing bounced. */
  | { readonly is: 'no_bounce' };

type Row = readonly [WordMeaning, words: readonly string[]];

const hard = (reason: Exclude<Reason, 'complaint'> | null): WordMeaning => ({
  is: 'bounce',
  permanence: 'permanent',
  reason,
});
const soft = (reason: Exclude<Reason, 'complaint'> | null): WordMeaning => ({
  is: 'bounce',
  permanence: 'transient',
  reason,
});

/**
 * Words that providers write for why an address is suppressed: Brevo, HubSpot, Mailchimp and its Mandrill, Mailgun,
 * Postmark, SendGrid, SES, SparkPost. Capitals and everything but letters and digits are passed over when they are compared.
 */
export const PROVIDER_WORDS: readonly Row[] = [
  [
    hard(null),
    [
      'bounce',
      'bounces',
      'bounced',
      'bounce rule',
      'cleaned',
      'failed',
      'general bounce',
      'generic bounce',
      'hard',
      'hard bounce',
      'hard bounces',
      'hard bounced',
      'permanent',
      'permanent bounce',
      'permanent failure',
      'suppress-bounce',
      'undeliverable',
    ],
  ],
  [
    hard('unknown_user'),
    [
      'bad email address',
      'bad mailbox',
      'does not exist',
      'invalid',
      'invalid address',
      'invalid email',
      'invalid email address',
      'invalid emails',
      'invalid recipient',
      'mailbox not found',
      'no email',
      'no such user',
      'recipient not found',
      'unknown recipient',
      'user not found',
      'user unknown',
    ],
  ],
  [
    hard('mailbox_inactive'),
    ['account disabled', 'disabled', 'inactive', 'inactive mailbox', 'mailbox disabled', 'suspended'],
  ],
  [hard('mailbox_full'), ['full mailbox', 'over quota', 'quota exceeded']],
  [
    hard('dns_failure'),
    [
      'bad domain',
      'dns error',
      'domain not found',
      'host not found',
      'invalid domain',
      'no mx',
      'unroutable',
    ],
  ],
  [hard('content'), ['attachment rejected', 'content rejected', 'prohibited attachment', 'virus']],
  [hard('spam'), ['spam block', 'spam content', 'spam notification']],
  [soft('policy'), ['block', 'blocked', 'blocks', 'mail block']],
  [hard('authentication'), ['dmarc policy', 'dmarc']],
  [hard('mailbox_misconfiguration'), ['relay denied', 'relaying denied']],
  [hard('timeout'), ['connection timeout', 'expired', 'timed out']],
  [hard('message_too_large'), ['too large']],
  [hard('reputation'), ['ip block', 'bad reputation']],
  [soft('throttled'), ['rate limited']],
  [
    soft(null),
    [
      'deferral',
      'deferred',
      'delayed',
      'soft',
      'soft bounce',
      'soft bounces',
      'soft bounced',
      'temporary',
      'temporary failure',
      'transient',
      'transient bounce',
      'undetermined',
    ],
  ],
  [
    { is: 'complaint' },
    [
      'abuse',
      'abuse report',
      'complained',
      'complaints',
      'contact flagged as spam',
      'feedback loop',
      'flagged as spam',
      'marked as spam',
      'reported as spam',
      'reported spam',
      'spam complaint',
      'spam complaints',
      'spam report',
      'spam reports',
      'suppress-complaint',
    ],
  ],
  [
    { is: 'no_bounce' },
    [
      'admin blocked',
      'auto responder',
      'compliance',
      'custom',
      'global unsubscribe',
      'group unsubscribe',
      'list unsubscribe',
      'manual',
      'manual suppression',
      'manually added',
      'manually deactivated',
      'opt out',
      'opted out',
      'out of office',
      'suppress-unsubscribe',
      'unsub',
      'unsubscribe',
      'unsubscribe link',
      'unsubscribed',
      'unsubscribed via api',
      'unsubscribed via email',
      'unsubscribed via ma',
      'unsubscribes',
    ],
  ],
];

/** Rebound's own codes come first: who writes one has decided. */
const OWN: readonly (readonly [string, WordMeaning])[] = REASONS.map((reason) => [
  plain(reason),
  reason === 'complaint' ? { is: 'complaint' } : hard(reason),
]);
const BY_WORD: ReadonlyMap<string, WordMeaning> = new Map([
  ...PROVIDER_WORDS.flatMap(([meaning, words]) => words.map((word) => [plain(word), meaning] as const)),
  ...OWN,
]);
const OWN_CODES: ReadonlyMap<string, Reason> = new Map(REASONS.map((reason) => [plain(reason), reason]));

/** What a word means; null for one that is not known. */
export function meaningOf(word: string): WordMeaning | null {
  return BY_WORD.get(plain(word)) ?? null;
}

/** The reason of ours that a text names, `Unknown User` too; null for everything else. */
export function ownReasonOf(word: string): Reason | null {
  return OWN_CODES.get(plain(word)) ?? null;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}
