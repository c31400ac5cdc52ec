import type { FactKey, Permanence } from '../../../lib/policy/reason.ts';

/** What SES and a receiving server say, by what it means. Only the classifier is asked to agree. */
export interface Words {
  readonly key: FactKey;
  readonly permanence: Permanence;
  readonly bounceType: string;
  readonly bounceSubType: string;
  readonly status: string | null;
  readonly diagnosticCode: string | null;
}

export const WORDS: readonly Words[] = [
  ...both('unknown_user', ['550 5.1.1 user unknown', '450 4.1.1 User unknown in virtual alias table']),
  ...both('mailbox_inactive', [
    '550 5.2.1 Account has been suspended',
    '450 4.2.1 Account has been suspended',
  ]),
  ...both('mailbox_full', ['552 5.2.2 User is over quota', '452 4.2.2 mailbox full']),
  ...both('dns_failure', ['550 5.1.2 Host not found', '450 4.4.4 Name service error: Host not found']),
  ...both('content', ['554 5.6.0 Message header contains bare CR', '451 4.6.0 message content rejected']),
  ...both('spam', ['550 5.7.1 message detected as spam', '450 4.7.1 message detected as spam']),
  ...both('policy', ['550 5.7.1 message refused by policy', '450 4.7.1 message refused by policy']),
  ...both('mailbox_misconfiguration', [
    '554 5.4.6 mail loops back to myself',
    '454 4.7.1 Relay access denied for your network',
  ]),
  ...both('timeout', ['554 5.4.7 Connection timed out', '451 4.4.1 Connection timed out']),
  ...both('message_too_large', ['552 5.3.4 Message size exceeds fixed limit', '452 4.3.4 Message too big']),
  ...both('authentication', ['550 5.7.25 no reverse DNS', '450 4.7.25 cannot find your reverse DNS']),
  ...both('reputation', [
    '554 5.7.1 Client host [192.0.2.1] blocked using a DNS block list',
    '450 4.7.1 Client host [192.0.2.1] blocked using a DNS block list',
  ]),
  ...both('throttled', [
    '550 5.7.1 Connection rate limit exceeded',
    '421 4.3.2 Connection rate limit exceeded',
  ]),
  ...both('temporary_problem', ['554 5.3.0 try again later', '451 4.3.0 try again later']),
  ...both('other', ['550 5.0.0 E2110', '450 4.0.0 E2110']),
];

function both(key: FactKey, [permanent, transient]: readonly [string, string]): Words[] {
  return [words(key, 'permanent', permanent), words(key, 'transient', transient)];
}

function words(key: FactKey, permanence: Permanence, reply: string): Words {
  return {
    key,
    permanence,
    bounceType: permanence === 'permanent' ? 'Permanent' : 'Transient',
    bounceSubType: 'General',
    status: reply.split(' ')[1] ?? null,
    diagnosticCode: `smtp; ${reply}`,
  };
}
