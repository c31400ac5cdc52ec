import type { RefusalCode, UnbounceRule } from '../../lib/policy/refusal.ts';
import type { Verdict, VerdictCode } from '../../lib/policy/verdict.ts';

/** The codes that callers know, by rule: a new rule breaks the build until its code stands here. */
export const VERDICT_CODES: Readonly<Record<Verdict['rule'], VerdictCode | null>> = {
  P1: null,
  P2: 'hard_bounce',
  P3: 'complaint',
  P4: 'global_bounce',
  P5: 'ses_suppressed',
  P6: 'invalid_address',
  P7: 'duplicate',
  P8: 'repeated_soft_bounces',
};

export const REFUSAL_CODES: Readonly<Record<UnbounceRule, RefusalCode>> = {
  U1: 'confirmation_required',
  U2: 'not_suppressed',
  U3: 'reason_not_unbounceable',
  U4: 'global_bounce',
  U5: 'already_unbounced_once',
  U6: 'quota_exhausted',
  U7: 'sending_identity_not_connected',
  U8: 'one_address_only',
};
