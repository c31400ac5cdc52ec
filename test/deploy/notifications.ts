import { randomUUID } from 'node:crypto';

const POLICY_BLOCK = 'smtp; 550 5.7.1 Message refused by the policy of this domain';

/** The campaign of all mail here. */
export const CAMPAIGN = 'deploy-test';

/**
 * A bounce as SES publishes it for a configuration set (Amazon SES, "Contents of event data that Amazon SES
 * publishes to Amazon SNS"): the receiver refuses one recipient for a reason that may be unbounced.
 */
export function policyBounce(recipient: string): string {
  const now = new Date().toISOString();
  return JSON.stringify({
    eventType: 'Bounce',
    bounce: {
      feedbackId: randomUUID(),
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        { emailAddress: recipient, action: 'failed', status: '5.7.1', diagnosticCode: POLICY_BLOCK },
      ],
      timestamp: now,
      reportingMTA: 'dsn; mta.example.com',
    },
    mail: {
      timestamp: now,
      messageId: randomUUID(),
      source: 'news@sender.example.com',
      sendingAccountId: '000000000000',
      destination: [recipient],
      tags: { campaign: [CAMPAIGN], 'ses:from-domain': ['sender.example.com'] },
    },
  });
}
