type Members = Record<string, unknown>;

export const SENT_AT = '2026-03-02T09:00:00.000Z';
export const BOUNCED_AT = '2026-03-02T09:00:05.250Z';

export function mail(members: Members = {}): Members {
  return {
    timestamp: SENT_AT,
    messageId: 'message-1',
    source: 'News <news@shop.example.com>',
    destination: ['ada@example.net'],
    headersTruncated: false,
    tags: { campaign: ['spring'], 'ses:from-domain': ['shop.example.com'] },
    ...members,
  };
}

export function failed(emailAddress: unknown, members: Members = {}): Members {
  return {
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
    ...members,
  };
}

export function bounce(members: Members = {}, mailMembers: Members = {}): Members {
  return {
    eventType: 'Bounce',
    bounce: {
      feedbackId: 'feedback-1',
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [failed('ada@example.net')],
      timestamp: BOUNCED_AT,
      reportingMTA: 'dns; mta.example.org',
      ...members,
    },
    mail: mail(mailMembers),
  };
}

export function complaint(members: Members = {}, mailMembers: Members = {}): Members {
  return {
    eventType: 'Complaint',
    complaint: {
      feedbackId: 'feedback-2',
      complaintSubType: null,
      complaintFeedbackType: 'abuse',
      complainedRecipients: [{ emailAddress: 'ada@example.net' }],
      timestamp: BOUNCED_AT,
      ...members,
    },
    mail: mail(mailMembers),
  };
}

export function delivery(members: Members = {}, mailMembers: Members = {}): Members {
  return {
    eventType: 'Delivery',
    delivery: { timestamp: BOUNCED_AT, recipients: ['ada@example.net'], smtpResponse: '250 ok', ...members },
    mail: mail(mailMembers),
  };
}

/** The envelope of SNS without raw delivery. */
export function sns(message: unknown, members: Members = {}): Members {
  return {
    Type: 'Notification',
    MessageId: '7d1c2a34-0000-4000-8000-000000000000',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:bounces',
    Subject: null,
    Message: typeof message === 'string' ? message : `${JSON.stringify(message)}\n`,
    Timestamp: BOUNCED_AT,
    SignatureVersion: '1',
    ...members,
  };
}

export function eventBridge(detailType: string, detail: unknown): Members {
  return {
    version: '0',
    id: '7d1c2a34-0000-4000-8000-000000000001',
    'detail-type': detailType,
    source: 'aws.ses',
    account: '111122223333',
    time: '2026-03-02T09:00:06Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  };
}

/** JSON in JSON: the text of a text of a text. */
export function wrapped(value: unknown, times: number): string {
  const text = JSON.stringify(value);
  return times === 0 ? text : wrapped(text, times - 1);
}
