import type { Bounce } from './bounce.ts';

type Telling = Pick<Bounce, 'campaign' | 'status' | 'bouncedAt'>;

const UNTAGGED = /^untagged-/;
const MEMBERS: readonly (keyof Bounce)[] = [
  'campaign',
  'status',
  'bouncedAt',
  'sentAt',
  'permanence',
  'classifiedBy',
  'messageId',
  'bounceType',
  'bounceSubType',
  'diagnostic',
];

/** Orders texts by code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Orders two tellings of one bounce; the greater is kept. SES tells a bounce twice, in different words, where
 * an identity's feedback (which has no tags) and a configuration set's events both feed the topic, or where a
 * mail went to two spellings of one address. The telling that names its campaign is the greater one.
 */
export function compareTellings(a: Telling, b: Telling): number {
  return Number(isTagged(a)) - Number(isTagged(b)) || compareText(textOf(a), textOf(b));
}

function isTagged({ campaign }: Telling): boolean {
  return !UNTAGGED.test(campaign);
}

function textOf(telling: Telling): string {
  return JSON.stringify(telling, [...MEMBERS]);
}
