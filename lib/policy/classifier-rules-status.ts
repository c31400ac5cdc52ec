import type { Reason } from './reason.ts';

/** An enhanced status code that can be trusted when no words say more; `status` without its class. */
export interface StatusRule {
  readonly id: string;
  readonly status: string;
  readonly reason: Reason;
  readonly evidence: string;
}

/**
 * IANA registry "SMTP Enhanced Status Codes" (RFC 3463, 5248, 7372, 7505). Left out because servers use them
 * for anything: X.0.0, X.2.0, X.2.1, X.3.0, X.5.0, X.7.0, X.7.1.
 */
export const STATUS_RULES: readonly StatusRule[] = [
  row('1.0', 'unknown_user', 'other address status; servers send 5.1.0 for a rejected recipient'),
  row('1.1', 'unknown_user', 'bad destination mailbox address'),
  row('1.2', 'dns_failure', 'bad destination system address'),
  row('1.3', 'unknown_user', 'bad destination mailbox address syntax'),
  row('1.6', 'unknown_user', 'destination mailbox has moved, no forwarding address'),
  row('1.10', 'dns_failure', 'recipient address has null MX'),
  row('2.2', 'mailbox_full', 'mailbox full'),
  row('2.3', 'message_too_large', 'message length exceeds administrative limit'),
  row('2.4', 'mailbox_misconfiguration', 'mailing list expansion problem'),
  row('3.1', 'temporary_problem', 'mail system full'),
  row('3.2', 'temporary_problem', 'system not accepting network messages'),
  row('3.4', 'message_too_large', 'message too big for system'),
  row('3.5', 'mailbox_misconfiguration', 'system incorrectly configured'),
  row('4.0', 'timeout', 'other or undefined network or routing status'),
  row('4.1', 'timeout', 'no answer from host'),
  row('4.2', 'timeout', 'bad connection'),
  row('4.3', 'dns_failure', 'directory server failure'),
  row('4.4', 'dns_failure', 'unable to route'),
  row('4.5', 'temporary_problem', 'mail system congestion'),
  row('4.6', 'mailbox_misconfiguration', 'routing loop detected'),
  row('4.7', 'timeout', 'delivery time expired'),
  row('5.1', 'mailbox_misconfiguration', 'invalid command'),
  row('5.2', 'mailbox_misconfiguration', 'syntax error'),
  row('5.3', 'throttled', 'too many recipients'),
  row('5.4', 'mailbox_misconfiguration', 'invalid command arguments'),
  row('6.0', 'content', 'other or undefined media error'),
  row('6.1', 'content', 'media not supported'),
  row('6.2', 'content', 'conversion required and prohibited'),
  row('6.3', 'content', 'conversion required but not supported'),
  row('6.7', 'content', 'non-ASCII addresses not permitted'),
  row('7.2', 'policy', 'mailing list expansion prohibited'),
  row('7.17', 'unknown_user', 'mailbox owner has changed'),
  row('7.18', 'unknown_user', 'domain owner has changed'),
  row('7.20', 'authentication', 'no passing DKIM signature found'),
  row('7.21', 'authentication', 'no acceptable DKIM signature found'),
  row('7.22', 'authentication', 'no valid author-matched DKIM signature found'),
  row('7.23', 'authentication', 'SPF validation failed'),
  row('7.24', 'authentication', 'SPF validation error'),
  row('7.25', 'authentication', 'reverse DNS validation failed'),
  row('7.26', 'authentication', 'multiple authentication checks failed'),
  row('7.27', 'authentication', 'sender address has null MX; Google: SPF did not pass'),
  row('7.28', 'throttled', 'mail flood detected'),
  row('7.29', 'authentication', 'ARC validation failure'),
  row('7.30', 'authentication', 'REQUIRETLS support required; Google: DKIM did not pass'),
];

function row(status: string, reason: Reason, meaning: string): StatusRule {
  return {
    id: `status.${status}`,
    status,
    reason,
    evidence: `IANA SMTP Enhanced Status Codes: X.${status} ${meaning}`,
  };
}
