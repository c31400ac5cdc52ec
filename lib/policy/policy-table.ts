import type { FactKey } from './reason.ts';

/** What a bounce does to the address: block it, count a strike day towards a block, or nothing. */
export type Effect = 'hard' | 'soft' | { readonly strikes: number; readonly overDays: number };

/** Whether a user may lift the suppression: never, yes, or there is never anything to lift. */
export type UnbounceRight = 'never' | 'yes' | 'nothing_to_lift';

/** One row of the policy: what one reason means and what follows from it. */
export interface PolicyRow {
  readonly rule: string;
  readonly reason: FactKey;
  readonly permanent: Effect;
  readonly transient: Effect;
  /** How long a suppression by strikes outlasts the newest strike. */
  readonly strikesEndAfterDays: number;
  readonly unbounce: UnbounceRight;
  readonly meaning: string;
  readonly advice: string;
}

/** Names the table below in every suppression; changes with every change of a row. */
export const POLICY_TABLE_VERSION = '2026-11-23';

/** Blocks `*@simulator.amazonses.com`, whatever the reason, for one hour. */
export const SIMULATOR_RULE = 'B18';

/** When an address is dead for every account of a deployment. */
export interface GlobalBounceRule {
  /** How many accounts must have reported it dead; 0 switches global bounces off. */
  readonly accounts: number;
  /** Within how many days, the first and the last included. */
  readonly windowInDays: number;
}

export const GLOBAL_BOUNCE_RULE = 'G1';
export const GLOBAL_BOUNCES: GlobalBounceRule = { accounts: 3, windowInDays: 60 };

/** Design, section 3. One row per reason, in the order in which `docs/policy.md` explains them. */
export const POLICY_ROWS: readonly PolicyRow[] = [
  {
    rule: 'B1',
    reason: 'unknown_user',
    permanent: 'hard',
    transient: { strikes: 5, overDays: 14 },
    strikesEndAfterDays: 30,
    unbounce: 'never',
    meaning: 'The mailbox does not exist, has moved, or the address is malformed.',
    advice: 'Ask the contact for a current address; a corrected address starts clean.',
  },
  {
    rule: 'B2',
    reason: 'mailbox_inactive',
    permanent: 'hard',
    transient: { strikes: 3, overDays: 14 },
    strikesEndAfterDays: 90,
    unbounce: 'never',
    meaning: 'The mailbox is disabled, suspended or abandoned.',
    advice: 'Ask the contact for an address that is in use.',
  },
  {
    rule: 'B3',
    reason: 'mailbox_full',
    permanent: 'hard',
    transient: { strikes: 3, overDays: 14 },
    strikesEndAfterDays: 90,
    unbounce: 'never',
    meaning: 'The mailbox is over its quota.',
    advice: 'Reach the contact another way; a mailbox that stays full is usually abandoned.',
  },
  {
    rule: 'B4',
    reason: 'dns_failure',
    permanent: 'hard',
    transient: { strikes: 3, overDays: 7 },
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: 'The domain of the address is unknown, takes no mail or cannot be reached.',
    advice: 'Check the domain for a typing error and that its MX record resolves before you unbounce.',
  },
  {
    rule: 'B5',
    reason: 'content',
    permanent: 'hard',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: 'The receiver refused the form of the message: an attachment, a virus, a malformed part.',
    advice: 'Mend the message (attachments, links, MIME structure) before you unbounce.',
  },
  {
    rule: 'B6',
    reason: 'spam',
    permanent: 'hard',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: 'The receiver judged the message unsolicited by its content.',
    advice: 'Change the content, and make sure that the contact asked for it, before you unbounce.',
  },
  {
    rule: 'B7',
    reason: 'policy',
    permanent: 'hard',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: 'A rule of the receiver refused the message.',
    advice: 'Ask the administrator of the receiving domain to allow your mail before you unbounce.',
  },
  {
    rule: 'B8',
    reason: 'mailbox_misconfiguration',
    permanent: { strikes: 5, overDays: 14 },
    transient: { strikes: 5, overDays: 14 },
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: "The receiver's mail system is at fault: it denies relaying, loops or breaks the protocol.",
    advice: 'Tell the contact that their mail system refuses mail; unbounce when it is mended.',
  },
  {
    rule: 'B9',
    reason: 'timeout',
    permanent: { strikes: 5, overDays: 14 },
    transient: { strikes: 5, overDays: 14 },
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: 'The receiver did not answer, or the mail expired in the queue.',
    advice: 'Wait: the suppression ends by itself. Unbounce only when you know that the receiver is back.',
  },
  {
    rule: 'B10',
    reason: 'message_too_large',
    permanent: 'soft',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'nothing_to_lift',
    meaning: 'The message is larger than the receiver takes.',
    advice: 'Send a smaller message; link to large files.',
  },
  {
    rule: 'B11',
    reason: 'authentication',
    permanent: 'soft',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'nothing_to_lift',
    meaning: 'The message failed SPF, DKIM or DMARC, or lacks reverse DNS.',
    advice: 'Mend the SPF, DKIM and DMARC records of your sending domain.',
  },
  {
    rule: 'B12',
    reason: 'reputation',
    permanent: 'soft',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'nothing_to_lift',
    meaning: 'The receiver distrusts the sending IP address or domain, or finds it on a block list.',
    advice: 'Look up the block list that the answer names, and lower your bounce and complaint rates.',
  },
  {
    rule: 'B13',
    reason: 'throttled',
    permanent: 'soft',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'nothing_to_lift',
    meaning: 'The receiver takes mail more slowly than it was sent.',
    advice: 'Send more slowly to this receiver.',
  },
  {
    rule: 'B14',
    reason: 'temporary_problem',
    permanent: 'soft',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'nothing_to_lift',
    meaning: 'A fault at the receiver that passes.',
    advice: 'Nothing to do; the next send tries again.',
  },
  {
    rule: 'B15',
    reason: 'other',
    permanent: 'hard',
    transient: 'soft',
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: "The receiver's answer names no reason that Rebound knows.",
    advice: "Read the receiver's words; unbounce when they do not speak against the address.",
  },
  {
    rule: 'B16',
    reason: 'complaint',
    permanent: 'hard',
    transient: 'hard',
    strikesEndAfterDays: 30,
    unbounce: 'never',
    meaning: 'The recipient reported a message as spam.',
    advice: 'Do not mail this person again.',
  },
  {
    rule: 'B17',
    reason: 'shared_complaint',
    permanent: 'hard',
    transient: 'hard',
    strikesEndAfterDays: 30,
    unbounce: 'yes',
    meaning: 'One of several recipients of a message reported it as spam; the report does not say which.',
    advice: 'Make sure that this recipient wants your mail before you unbounce.',
  },
];
