import { type Instant, toIso } from '../policy/time.ts';
import { type Fields, fieldsOf, textOf, textsOf } from './fields.ts';
import type { BouncedRecipient, Mail, Notification, Recipient, Tags } from './notification.ts';
import { parseTimestamp } from './timestamp.ts';
import type { BodyRefusal } from './unwrap.ts';

export type ParsedNotification = Notification | (BodyRefusal & { readonly kind: 'refusal' });

/** What SES also says and nothing has to be done about. Source: Amazon SES Developer Guide, "Event data contents". */
const IGNORED_TYPES = [
  'Send',
  'Open',
  'Click',
  'Reject',
  'Rendering Failure',
  'DeliveryDelay',
  'Subscription',
  'Received',
  'AmazonSnsSubscriptionSucceeded',
];
const FOLDED_AS_USUAL = new Map(['Bounce', 'Complaint', 'Delivery'].map((type) => [type, fold(type)]));
const IGNORED_BY_FOLDED_TYPE = new Map(IGNORED_TYPES.map((type) => [fold(type), type]));

/** Reads one notification, only what is used of it. Fields may be missing or wrong; unknown ones are passed over. */
export function parseNotification(payload: Fields): ParsedNotification {
  const type = textOf(payload['eventType']) ?? textOf(payload['notificationType']) ?? '';
  switch (FOLDED_AS_USUAL.get(type) ?? fold(type)) {
    case 'bounce':
      return parseBounce(payload);
    case 'complaint':
      return parseComplaint(payload);
    case 'delivery':
      return parseDelivery(payload);
    default:
      return parseOther(type);
  }
}

function parseBounce(payload: Fields): ParsedNotification {
  const bounce = fieldsOf(payload['bounce']) ?? {};
  const recipients = entriesOf(bounce['bouncedRecipients']).map(parseBouncedRecipient);
  if (recipients.length === 0) return noRecipients('bounce');
  const mail = parseMail(payload['mail']);
  const bouncedAt = parseTimestamp(bounce['timestamp']);
  return {
    kind: 'bounce',
    mail,
    feedbackId: textOf(bounce['feedbackId']) ?? standInId(mail, bouncedAt),
    bouncedAt,
    bounceType: textOf(bounce['bounceType']),
    bounceSubType: textOf(bounce['bounceSubType']),
    recipients,
  };
}

function parseComplaint(payload: Fields): ParsedNotification {
  const complaint = fieldsOf(payload['complaint']) ?? {};
  const recipients = entriesOf(complaint['complainedRecipients']).map(parseRecipient);
  if (recipients.length === 0) return noRecipients('complaint');
  const mail = parseMail(payload['mail']);
  const complainedAt = parseTimestamp(complaint['timestamp']);
  return {
    kind: 'complaint',
    mail,
    feedbackId: textOf(complaint['feedbackId']) ?? standInId(mail, complainedAt),
    complainedAt,
    subType: textOf(complaint['complaintSubType']),
    feedbackType: textOf(complaint['complaintFeedbackType']),
    recipients,
  };
}

function parseDelivery(payload: Fields): ParsedNotification {
  const delivery = fieldsOf(payload['delivery']) ?? {};
  const recipients = entriesOf(delivery['recipients']).map(parseRecipient);
  if (recipients.length === 0) return noRecipients('delivery');
  return {
    kind: 'delivery',
    mail: parseMail(payload['mail']),
    deliveredAt: parseTimestamp(delivery['timestamp']),
    recipients,
  };
}

/** A type that nobody knows yet is parked: what a new word of SES means is not for us to guess. */
function parseOther(type: string): ParsedNotification {
  const what = IGNORED_BY_FOLDED_TYPE.get(fold(type));
  return what === undefined
    ? { kind: 'refusal', reason: 'unknown_type', detail: 'SES has no event of this type that we know.' }
    : { kind: 'ignored', what };
}

function parseMail(value: unknown): Mail {
  const mail = fieldsOf(value) ?? {};
  const source = mail['source'];
  return {
    messageId: textOf(mail['messageId']),
    sentAt: parseTimestamp(mail['timestamp']),
    source: typeof source === 'string' ? source : null,
    destination: textsOf(mail['destination']),
    tags: parseTags(mail['tags']),
  };
}

/** Without a prototype: a tag may be called `__proto__` or `constructor`. */
function parseTags(value: unknown): Tags {
  const fields = fieldsOf(value) ?? {};
  const tags: Record<string, readonly string[]> = Object.create(null);
  for (const name in fields) tags[name] = textsOf(fields[name]);
  return tags;
}

function parseBouncedRecipient(entry: unknown): BouncedRecipient {
  const fields = fieldsOf(entry) ?? {};
  const diagnosticCode = fields['diagnosticCode'];
  return {
    written: writtenIn(entry),
    action: textOf(fields['action']),
    status: textOf(fields['status']),
    diagnosticCode:
      typeof diagnosticCode === 'string' && diagnosticCode.trim() !== '' ? diagnosticCode : null,
  };
}

function parseRecipient(entry: unknown): Recipient {
  return { written: writtenIn(entry) };
}

function writtenIn(entry: unknown): string | null {
  const written = typeof entry === 'string' ? entry : fieldsOf(entry)?.['emailAddress'];
  return typeof written === 'string' ? written : null;
}

function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The same notification gets the same id however often it arrives. */
function standInId({ messageId }: Mail, happenedAt: Instant | null): string {
  return `unnamed:${messageId ?? ''}:${happenedAt === null ? '' : toIso(happenedAt)}`;
}

function noRecipients(kind: string): ParsedNotification {
  return { kind: 'refusal', reason: 'no_recipients', detail: `The ${kind} names no recipient.` };
}

/** SES writes `Rendering Failure` here and `RENDERING_FAILURE` there. */
function fold(type: string): string {
  return type.replace(/[\s_-]/g, '').toLowerCase();
}
