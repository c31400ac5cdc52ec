/** Addresses as lists have them: ASCII, nine of ten in lower case, none twice. */
export function recipientsOf(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => {
    const local = `${prefix}.${(index * 7919).toString(36)}.${index}`;
    const domain = `example${index % 50}.com`;
    return index % 10 === 0 ? `Ada.${local}@Mail.${domain.toUpperCase()}` : `ada.${local}@${domain}`;
  });
}

/** What API Gateway sends for a signed filter call. */
export function filterEvent(recipients: readonly string[]): object {
  return {
    version: '2.0',
    routeKey: 'POST /v1/accounts/{account}/recipients/filter',
    pathParameters: { account: 'default' },
    headers: { 'content-type': 'application/json' },
    requestContext: {
      requestId: 'bench',
      authorizer: { iam: { userArn: 'arn:aws:iam::111122223333:user/bench' } },
    },
    body: JSON.stringify({ recipients }),
    isBase64Encoded: false,
  };
}

/** What SQS sends for so many bounces: ten messages, each of one mail, as SNS wraps them. */
export function recordEvent(recipients: readonly string[]): object {
  const size = Math.ceil(recipients.length / 10);
  const groups = Array.from({ length: 10 }, (_, index) => recipients.slice(index * size, (index + 1) * size));
  return {
    Records: groups
      .filter((group) => group.length > 0)
      .map((group, index) => ({ messageId: `message-${index}`, body: snsBody(group) })),
  };
}

/** An SNS envelope with the bounce of one mail, as a configuration set publishes it. */
export function snsBody(recipients: readonly string[]): string {
  const [first = ''] = recipients;
  const notification = {
    eventType: 'Bounce',
    bounce: {
      feedbackId: `feedback-${first}`,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: recipients.map((emailAddress) => ({
        emailAddress,
        action: 'failed',
        status: '5.7.1',
        diagnosticCode: 'smtp; 550 5.7.1 Message refused by a rule of the receiving system (policy 12.7)',
      })),
      timestamp: '2026-11-23T10:00:05.000Z',
      reportingMTA: 'dns; mta.example',
    },
    mail: {
      timestamp: '2026-11-23T10:00:00.000Z',
      source: 'News <news@example.com>',
      sourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/example.com',
      sendingAccountId: '111122223333',
      messageId: `mail-${first}`,
      destination: recipients,
      headersTruncated: false,
      headers: ['From', 'To', 'Subject', 'MIME-Version', 'Content-Type', 'List-Unsubscribe', 'X-Mailer'].map(
        (name) => ({ name, value: `what stands in the header ${name} of this mail` }),
      ),
      commonHeaders: { from: ['News <news@example.com>'], to: recipients, subject: 'What is new in spring' },
      tags: {
        campaign: ['spring'],
        'ses:operation': ['SendEmail'],
        'ses:configuration-set': ['rebound'],
        'ses:source-ip': ['192.0.2.1'],
        'ses:from-domain': ['example.com'],
        'ses:caller-identity': ['newsletter'],
      },
    },
  };
  return JSON.stringify({
    Type: 'Notification',
    MessageId: `sns-${first}`,
    TopicArn: 'arn:aws:sns:us-east-1:111122223333:rebound',
    Message: JSON.stringify(notification),
    Timestamp: '2026-11-23T10:00:06.000Z',
    SignatureVersion: '1',
    Signature: 'c2lnbmF0dXJl'.repeat(28),
    SigningCertURL: 'https://sns.example/certificate.pem',
    UnsubscribeURL: 'https://sns.example/unsubscribe',
  });
}
