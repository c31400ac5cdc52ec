import type { FactKey, Permanence } from '../../../lib/policy/reason.ts';

/** The policy once more, as the design's section 3 has it: what the model believes, whatever lib/policy does. */
interface Rule {
  readonly rule: string;
  readonly permanent: Weight;
  readonly transient: Weight;
  readonly strikesNeeded?: { readonly days: number; readonly over: number; readonly lasts: number };
  readonly never?: boolean;
}

type Weight = 'hard' | 'strike' | 'soft';

const DEAD = { permanent: 'hard', transient: 'strike', never: true } as const;
const REFUSED = { permanent: 'hard', transient: 'soft' } as const;
const SLOW = { permanent: 'strike', transient: 'strike' } as const;
const PASSING = { permanent: 'soft', transient: 'soft' } as const;

export const RULES: Readonly<Record<FactKey, Rule>> = {
  unknown_user: { rule: 'B1', ...DEAD, strikesNeeded: { days: 5, over: 14, lasts: 30 } },
  mailbox_inactive: { rule: 'B2', ...DEAD, strikesNeeded: { days: 3, over: 14, lasts: 90 } },
  mailbox_full: { rule: 'B3', ...DEAD, strikesNeeded: { days: 3, over: 14, lasts: 90 } },
  dns_failure: {
    rule: 'B4',
    permanent: 'hard',
    transient: 'strike',
    strikesNeeded: { days: 3, over: 7, lasts: 30 },
  },
  content: { rule: 'B5', ...REFUSED },
  spam: { rule: 'B6', ...REFUSED },
  policy: { rule: 'B7', ...REFUSED },
  mailbox_misconfiguration: { rule: 'B8', ...SLOW, strikesNeeded: { days: 5, over: 14, lasts: 30 } },
  timeout: { rule: 'B9', ...SLOW, strikesNeeded: { days: 5, over: 14, lasts: 30 } },
  message_too_large: { rule: 'B10', ...PASSING },
  authentication: { rule: 'B11', ...PASSING },
  reputation: { rule: 'B12', ...PASSING },
  throttled: { rule: 'B13', ...PASSING },
  temporary_problem: { rule: 'B14', ...PASSING },
  other: { rule: 'B15', ...REFUSED },
  complaint: { rule: 'B16', permanent: 'hard', transient: 'hard', never: true },
  shared_complaint: { rule: 'B17', permanent: 'hard', transient: 'hard' },
};

export const SIMULATOR_RULE = 'B18';
/** Bounces that call an address dead; so many accounts within so many days make it dead for all. */
export const DEADLY: readonly FactKey[] = ['unknown_user', 'mailbox_inactive', 'mailbox_full'];
export const DEAD_FOR_ALL = { accounts: 3, days: 60 };
export const STRIKE_WINDOW_IN_DAYS = 90;
export const MARK_LASTS_IN_DAYS = { sesAccountList: null, sesGlobalList: 14, sesValidation: 30 } as const;

export function weightOf({ key, permanence }: { key: FactKey; permanence: Permanence }): Weight {
  return RULES[key][permanence];
}
