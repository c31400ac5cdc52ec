import fc from 'fast-check';
import type { Instant } from '../../../lib/policy/time.ts';
import { MALFORMED } from './malformed.ts';
import { WORDS } from './words.ts';
import { ago } from './world.ts';

/** How the account of a mail can be told. */
export const ROUTES = ['tag', 'tenant', 'from_domain', 'source', 'unknown_tag'] as const;
/** In what a notification can be wrapped on its way. */
export const SHAPES = ['raw', 'sns', 'eventbridge', 'text'] as const;
export const ECHOES = [
  'Suppressed',
  'OnAccountSuppressionList',
  'OnTenantSuppressionList',
  'EmailValidationSuppressed',
  'complaint',
] as const;
export const QUIET = [
  'handshake',
  'send',
  'auto_reply',
  'not_spam',
  'unsubscribed',
  'delayed',
  'no_email',
] as const;

/** Numbers and names of which a notice is made: small, so that what fails shrinks to something readable. */
export interface Draw {
  readonly kind: 'bounce' | 'complaint' | 'echo' | 'delivery' | 'quiet' | 'malformed';
  readonly account: number;
  /** Different ones. */
  readonly people: readonly number[];
  /** How the addresses are written, in turn. */
  readonly spelling: number;
  readonly words: readonly number[];
  readonly sentAt: Instant | null;
  readonly delayInHours: number | null;
  /** Two have names; with the third the mail has no such tag. */
  readonly campaign: number;
  readonly route: (typeof ROUTES)[number];
  readonly tenant: number | null;
  readonly echo: (typeof ECHOES)[number];
  readonly quiet: (typeof QUIET)[number];
  readonly malformed: number;
  /** The shape of every copy. */
  readonly copies: readonly (typeof SHAPES)[number][];
  /** Whether the identity's own feedback, which has no tags, tells it as well. */
  readonly isToldUntagged: boolean;
}

/** Mail is sent on few days, so that moments meet. */
const MOST_DAYS_AGO = 200;
const DAYS_BETWEEN = 4;
const RECENT_DAYS = 60;
/** Those that call an address dead: enough of them make it dead for all. */
const FIRST_WORDS = 5;
const HOURS = [0, 0, 1, 7, 23];
const MALFORMED_SHARE = 10;

/** Of a hundred notices 10 are malformed; 8 of a hundred mails have no time. */
export function draws(people: number): fc.Arbitrary<Draw> {
  return fc.record({
    kind: fc.oneof(
      { weight: 62, arbitrary: fc.constant('bounce' as const) },
      { weight: 9, arbitrary: fc.constant('complaint' as const) },
      { weight: 9, arbitrary: fc.constant('echo' as const) },
      { weight: 5, arbitrary: fc.constant('delivery' as const) },
      { weight: 5, arbitrary: fc.constant('quiet' as const) },
      { weight: MALFORMED_SHARE, arbitrary: fc.constant('malformed' as const) },
    ),
    account: fc.nat(3),
    people: fc.uniqueArray(fc.nat(people), { minLength: 1, maxLength: 3 }),
    spelling: fc.nat(3),
    words: fc.array(fc.oneof(fc.nat(WORDS.length - 1), fc.nat(FIRST_WORDS)), { minLength: 1, maxLength: 3 }),
    sentAt: fc.option(
      fc
        .tuple(
          fc.oneof(fc.nat(MOST_DAYS_AGO / DAYS_BETWEEN), fc.nat(RECENT_DAYS / DAYS_BETWEEN)),
          fc.constantFrom(...HOURS),
        )
        .map(([place, hours]) => ago(place * DAYS_BETWEEN, hours)),
      { freq: 12 },
    ),
    delayInHours: fc.option(fc.constantFrom(0, 0, 1, 5, 40), { freq: 12 }),
    campaign: fc.constantFrom(0, 0, 0, 1, 1, 2),
    route: fc.constantFrom(...ROUTES),
    tenant: fc.option(fc.nat(6), { freq: 1 }),
    echo: fc.constantFrom(...ECHOES),
    quiet: fc.constantFrom(...QUIET),
    malformed: fc.nat(MALFORMED.length - 1),
    copies: fc
      .constantFrom(1, 1, 1, 2, 2, 3, 4, 5)
      .chain((count) => fc.array(fc.constantFrom(...SHAPES), { minLength: count, maxLength: count })),
    isToldUntagged: fc.constantFrom(false, false, false, true),
  });
}
