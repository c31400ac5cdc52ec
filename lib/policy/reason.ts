/** Why an address bounced: the words that code, answers, metrics and documents share. */
export const REASONS = [
  'unknown_user',
  'mailbox_inactive',
  'mailbox_full',
  'dns_failure',
  'content',
  'spam',
  'policy',
  'mailbox_misconfiguration',
  'timeout',
  'message_too_large',
  'authentication',
  'reputation',
  'throttled',
  'temporary_problem',
  'other',
  'complaint',
] as const;

export type Reason = (typeof REASONS)[number];

/**
 * What a fact is filed under. A complaint that names one recipient is certain; one that names several
 * (some feedback loops redact who complained) is not, so the two never replace each other.
 */
export type FactKey = Reason | 'shared_complaint';

export const FACT_KEYS: readonly FactKey[] = [...REASONS, 'shared_complaint'];

export function reasonOf(key: FactKey): Reason {
  return key === 'shared_complaint' ? 'complaint' : key;
}

/** Whether trying again may help: the class of the reply or status code, else what SES says. */
export type Permanence = 'permanent' | 'transient';
