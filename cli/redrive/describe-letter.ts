import { redactAddresses } from '../../lib/policy/redact-addresses.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { readBody } from '../../lib/ses/read-body.ts';
import type { DeadLetter, QueueName } from './dead-letters.ts';

/** What a message is, in words that hold no address. */
export interface Description {
  /** Why it was parked; for what was moved by a service, what it is. */
  readonly reason: string;
  /** Who put it there. */
  readonly from: 'function' | 'SQS' | 'SNS' | 'stream';
  readonly detail: string;
  readonly sample: string;
}

const MOST_SAMPLE_CHARACTERS = 160;
/** The other ways in which JSON and mail write an at sign. */
const AT_SIGNS = /\\+u0040|=40|\uFF20|&#64;/gi;

/** Says what a message is and why it is there. */
export function describeLetter(queue: QueueName, letter: DeadLetter): Description {
  switch (queue) {
    case 'intake':
      return describeNotification(letter, 'SQS');
    case 'subscription':
      return describeNotification(letter, 'SNS');
    case 'ses-list':
      return describeTask(letter);
    case 'events':
      return describePlace(letter);
  }
}

function describeNotification(letter: DeadLetter, mover: 'SQS' | 'SNS'): Description {
  const { notifications } = readBody(letter.body);
  const [first] = notifications;
  const kinds = new Set(notifications.map(({ kind }) => kind));
  const what = kinds.size > 1 ? 'several' : (first?.kind ?? 'unreadable');
  const sample =
    first === undefined || first.kind === 'ignored'
      ? masked(withoutEnvelope(letter.body))
      : sampleOf(first.kind, first);
  const reason = textOf(letter, 'reason');
  if (reason !== null)
    return { reason, from: 'function', detail: masked(textOf(letter, 'detail') ?? ''), sample };
  return {
    reason: what,
    from: mover,
    detail: mover === 'SQS' ? 'Tried five times in vain.' : `Not delivered: ${whyNotDelivered(letter)}.`,
    sample,
  };
}

interface Notified {
  readonly mail: { readonly sentAt: Instant | null };
  readonly recipients: readonly unknown[];
}

function sampleOf(kind: string, { mail, recipients }: Notified): string {
  const sent = mail.sentAt === null ? 'at a time unknown' : toIso(mail.sentAt);
  return `a ${kind} of ${recipients.length} recipient(s), mail sent ${sent}`;
}

function whyNotDelivered(letter: DeadLetter): string {
  const texts = [textOf(letter, 'ErrorCode'), textOf(letter, 'ErrorMessage')].filter((text) => text !== null);
  return texts.length === 0 ? 'SNS says no reason' : masked(texts.join(' '));
}

function describeTask({ body }: DeadLetter): Description {
  const task = fieldsOf(body)?.['task'];
  const reason = typeof task === 'string' ? masked(task) : 'unreadable';
  return { reason, from: 'SQS', detail: 'Tried five times in vain.', sample: masked(body) };
}

function describePlace({ body }: DeadLetter): Description {
  const { condition } = (fieldsOf(body)?.['requestContext'] ?? {}) as { readonly condition?: unknown };
  return {
    reason: typeof condition === 'string' ? masked(condition) : 'unreadable',
    from: 'stream',
    detail: 'Names a place in the stream whose events were not published.',
    sample: masked(body),
  };
}

/** What was published to the topic, where SNS put an envelope around it. */
function withoutEnvelope(body: string): string {
  const message = fieldsOf(body)?.['Message'];
  return typeof message === 'string' ? message : body;
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>> | null;
  } catch {
    return null;
  }
}

function textOf({ attributes }: DeadLetter, name: string): string | null {
  return attributes[name]?.StringValue ?? null;
}

/** The beginning of a text, its addresses taken out before it is cut: half of one may be enough to know somebody. */
function masked(text: string): string {
  const readable = redactAddresses(text.replace(AT_SIGNS, '@'));
  return readable.length > MOST_SAMPLE_CHARACTERS
    ? `${readable.slice(0, MOST_SAMPLE_CHARACTERS)}…`
    : readable;
}
