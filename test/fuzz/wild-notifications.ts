import { bounce, complaint, delivery, mail } from '../ses/build.ts';
import type { Chance } from './chance.ts';
import { ADDRESSES, mutated, wildObject, wildText, wildValue } from './wild-values.ts';

const NAMES = [
  'eventType',
  'notificationType',
  'bounce',
  'complaint',
  'mail',
  'delivery',
  'bounceType',
  'bounceSubType',
  'bouncedRecipients',
  'complainedRecipients',
  'emailAddress',
  'diagnosticCode',
  'status',
  'action',
  'timestamp',
  'feedbackId',
  'messageId',
  'tags',
  'account',
  'source',
  'destination',
  'Message',
  'Records',
  'detail',
  'Sns',
  'body',
  'Type',
];
const TYPES = ['Permanent', 'Transient', 'Undetermined', 'Levitation', '__proto__', 7, null];
const SUBTYPES = [
  'General',
  'NoEmail',
  'Suppressed',
  'OnAccountSuppressionList',
  'MailboxFull',
  'constructor',
];

/** The body of a message in the queue: a notification in some envelope, or what was one, or never. */
export function wildNotification(chance: Chance): string {
  const text = JSON.stringify(enveloped(chance, wildPayload(chance)));
  switch (chance.below(12)) {
    case 0:
      return mutated(chance, text).toString('utf8');
    case 1:
      return wildText(chance);
    case 2:
      return JSON.stringify(wildValue(chance, NAMES));
    case 3:
      return chance.once(30) ? heavy(chance) : `${text}\n`;
    default:
      return text;
  }
}

function wildPayload(chance: Chance): unknown {
  const wild = (times: number) => (chance.once(times) ? wildObject(chance, NAMES) : {});
  const mailMembers = {
    timestamp: wildTime(chance),
    messageId: `message ${chance.below(50)}`,
    destination: ADDRESSES,
    tags: { account: [chance.of(['acme', 'other', wildText(chance)])], campaign: [wildText(chance)] },
    ...wild(6),
  };
  const emailAddress = chance.once(3) ? wildText(chance) : chance.of(ADDRESSES);
  const recipient = { emailAddress, status: wildText(chance), diagnosticCode: wildText(chance), ...wild(6) };
  const recipients = chance.once(10)
    ? wildValue(chance, NAMES)
    : [recipient, recipient].slice(chance.below(2));
  const shared = { feedbackId: `feedback ${chance.below(200)}`, timestamp: wildTime(chance), ...wild(8) };
  switch (chance.below(6)) {
    case 0:
      return complaint({ complainedRecipients: recipients, ...shared }, mailMembers);
    case 1:
      return delivery(wild(3) as never, mailMembers);
    case 2:
      return { ...wildObject(chance, NAMES), eventType: 'Bounce', mail: mail(mailMembers) };
    default:
      return bounce(
        {
          bounceType: chance.of(TYPES),
          bounceSubType: chance.of(SUBTYPES),
          bouncedRecipients: recipients,
          ...shared,
        },
        mailMembers,
      );
  }
}

function wildTime(chance: Chance): unknown {
  return chance.of([
    '2026-11-20T10:00:00.000Z',
    '2026-11-01T10:00:00Z',
    '1970-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '+275760-09-13T00:00:00.000Z',
    'yesterday',
    0,
    null,
    {},
  ]);
}

function enveloped(chance: Chance, payload: unknown): unknown {
  switch (chance.below(5)) {
    case 0:
      return { Type: 'Notification', Message: JSON.stringify(payload) };
    case 1:
      return { 'detail-type': 'Email Bounced', source: 'aws.ses', detail: payload };
    case 2:
      return { Records: [{ Sns: { Message: JSON.stringify(payload) } }, wildValue(chance, NAMES)] };
    default:
      return payload;
  }
}

function heavy(chance: Chance): string {
  switch (chance.below(3)) {
    case 0:
      return '{"Message":'.repeat(50_000);
    case 1:
      return JSON.stringify(
        bounce({
          bouncedRecipients: Array.from({ length: 300 }, () => ({ emailAddress: wildText(chance) })),
        }),
      );
    default:
      return `{"eventType":"Bounce","x":${'['.repeat(100_000)}`;
  }
}
