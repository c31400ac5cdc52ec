import { DAY_IN_MS, type Instant, toIso } from '../../lib/policy/time.ts';
import { bounce, complaint, failed } from '../ses/build.ts';
import { ACCOUNT, NOW } from './api-harness.ts';

/** What the receiving server said, by the reason that is read from it. */
const WORDS = {
  unknown_user: ['Permanent', '5.1.1', 'smtp; 550 5.1.1 user unknown'],
  policy: ['Permanent', '5.7.1', 'smtp; 550 5.7.1 message refused by policy'],
  reputation: [
    'Permanent',
    '5.7.1',
    'smtp; 550 5.7.1 Client host [192.0.2.1] blocked using a DNS block list',
  ],
  mailbox_full: ['Transient', '4.2.2', 'smtp; 452 4.2.2 mailbox full'],
} as const;

export interface Sent {
  readonly sentAt?: Instant;
  readonly account?: string;
  readonly campaign?: string;
}

/** A bounce of one recipient, for this reason. */
export function bounceFor(reason: keyof typeof WORDS, address: string, sent: Sent = {}) {
  const [bounceType, status, diagnosticCode] = WORDS[reason];
  const { timestamp, ...mail } = mailOf(sent);
  return bounce(
    {
      feedbackId: `${reason} ${address} ${timestamp}`,
      bounceType,
      bouncedRecipients: [failed(address, { status, diagnosticCode })],
      timestamp: bouncedAt(sent),
    },
    { timestamp, ...mail, destination: [address] },
  );
}

/** A complaint that names these recipients. */
export function complaintOf(addresses: readonly string[], sent: Sent = {}) {
  const complainedRecipients = addresses.map((emailAddress) => ({ emailAddress }));
  return complaint(
    { complainedRecipients, timestamp: bouncedAt(sent) },
    { ...mailOf(sent), destination: addresses },
  );
}

/** SES did not send, because of a list of its own. */
export function echoOf(bounceSubType: string, address: string, sent: Sent = {}) {
  return bounce(
    { bounceSubType, bouncedRecipients: [{ emailAddress: address }], timestamp: bouncedAt(sent) },
    { ...mailOf(sent), destination: [address] },
  );
}

/** Soft bounces on so many days, the last of them yesterday: enough for a suppression by strikes. */
export function strikesOf(address: string): readonly unknown[] {
  return [20, 10, 1].map((days) => bounceFor('mailbox_full', address, { sentAt: NOW - days * DAY_IN_MS }));
}

export function bouncedAt({ sentAt = NOW - DAY_IN_MS }: Sent): string {
  return toIso(sentAt + 5_000);
}

function mailOf({ sentAt = NOW - DAY_IN_MS, account = ACCOUNT, campaign = 'spring' }: Sent) {
  const tags = { account: [account], campaign: [campaign] };
  return { timestamp: toIso(sentAt), messageId: `message ${sentAt}`, tags };
}
