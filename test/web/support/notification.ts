import { randomUUID } from 'node:crypto';
import type { Reason } from '../../../client/index.ts';

export interface Sent {
  readonly to: string;
  readonly account?: string;
  readonly campaign?: string;
  /** When it bounced, in milliseconds since 1970; now without it. */
  readonly bouncedAt?: number;
  /** In the place of the words below. */
  readonly diagnostic?: string;
}

type Words = readonly [type: string, subType: string, status: string, diagnostic: string];

/** What receivers say, by the reason that is read from it. */
const WORDS = {
  unknown_user: [
    'Permanent',
    'NoEmail',
    '5.1.1',
    'smtp; 550 5.1.1 The email account that you tried to reach does not exist',
  ],
  mailbox_inactive: [
    'Permanent',
    'General',
    '5.2.1',
    'smtp; 550 5.2.1 The mailbox is disabled, not accepting messages',
  ],
  mailbox_full: ['Transient', 'MailboxFull', '4.2.2', 'smtp; 452 4.2.2 The mailbox is full, try again later'],
  dns_failure: ['Permanent', 'General', '5.4.4', 'smtp; 550 5.4.4 Invalid domain: host not found'],
  content: [
    'Permanent',
    'AttachmentRejected',
    '5.6.0',
    'smtp; 552 5.7.0 This attachment type is not allowed',
  ],
  spam: ['Permanent', 'General', '5.7.1', 'smtp; 554 5.7.1 Message identified as spam by its content'],
  policy: [
    'Permanent',
    'General',
    '5.7.1',
    'smtp; 550 5.7.1 External senders are not allowed to mail this group by policy',
  ],
  throttled: ['Transient', 'General', '4.7.0', 'smtp; 421 4.7.0 Too many messages, slow down'],
} as const satisfies Readonly<Partial<Record<Reason, Words>>>;

export type SampleReason = keyof typeof WORDS;

/** A bounce of one recipient, as SES publishes it. */
export function bounceFor(
  reason: SampleReason,
  { to, bouncedAt = Date.now(), diagnostic, ...sent }: Sent,
): string {
  const [bounceType, bounceSubType, status, words] = WORDS[reason];
  const recipient = { emailAddress: to, action: 'failed', status, diagnosticCode: diagnostic ?? words };
  return JSON.stringify({
    eventType: 'Bounce',
    bounce: {
      feedbackId: randomUUID(),
      bounceType,
      bounceSubType,
      bouncedRecipients: [recipient],
      timestamp: new Date(bouncedAt).toISOString(),
    },
    mail: mailOf(to, bouncedAt, sent),
  });
}

/** SES did not send, because its list of this AWS account holds the address. */
export function listedBySes({ to, bouncedAt = Date.now(), ...sent }: Sent): string {
  return JSON.stringify({
    eventType: 'Bounce',
    bounce: {
      feedbackId: randomUUID(),
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
      bouncedRecipients: [{ emailAddress: to, action: 'failed', status: '5.1.1' }],
      timestamp: new Date(bouncedAt).toISOString(),
    },
    mail: mailOf(to, bouncedAt, sent),
  });
}

/** The recipient reported the mail as spam. */
export function complaintOf({ to, bouncedAt = Date.now(), ...sent }: Sent): string {
  return JSON.stringify({
    eventType: 'Complaint',
    complaint: {
      feedbackId: randomUUID(),
      complainedRecipients: [{ emailAddress: to }],
      complaintFeedbackType: 'abuse',
      timestamp: new Date(bouncedAt).toISOString(),
    },
    mail: mailOf(to, bouncedAt, sent),
  });
}

function mailOf(to: string, bouncedAt: number, { account, campaign }: Pick<Sent, 'account' | 'campaign'>) {
  return {
    timestamp: new Date(bouncedAt - 4_000).toISOString(),
    messageId: randomUUID(),
    source: 'Example News <news@example.com>',
    sendingAccountId: '000000000000',
    destination: [to],
    tags: {
      'ses:from-domain': ['example.com'],
      ...(campaign !== undefined && { campaign: [campaign] }),
      ...(account !== undefined && { account: [account] }),
    },
  };
}
