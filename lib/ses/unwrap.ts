import { isDeeperThan } from '../json-depth.ts';
import { type Fields, fieldsOf } from './fields.ts';

/** Why a body, or a part of it, can never be understood. */
export type BodyRefusalReason =
  | 'too_large'
  | 'too_many'
  | 'too_deep'
  | 'not_json'
  | 'not_a_notification'
  | 'unknown_type'
  | 'no_recipients';

export interface BodyRefusal {
  readonly reason: BodyRefusalReason;
  /** One sentence for the operator; never holds a word of the body. */
  readonly detail: string;
}

/** What a body holds: `ignored` names hand-shakes and service events that need no action. */
export interface Unwrapped {
  /** JSON objects that name their `eventType` or `notificationType`. */
  readonly payloads: readonly Fields[];
  readonly ignored: readonly string[];
  readonly refusals: readonly BodyRefusal[];
}

/** The longest body that SQS carries, in octets. Source: Amazon SQS Developer Guide, "Message quotas". */
const MAX_BODY = 1_048_576;
const MAX_TEXTS_INSIDE = 4;
/** Of brackets in one text, told before it is parsed. No notification nests a tenth of it. */
const MAX_NESTING = 256;
/** Of envelopes and arrays within one another. What is no envelope is never walked. */
const MAX_DEPTH = 64;
const MAX_PARTS = 10_000;

/** Where the next envelope holds what is inside: SNS, a Lambda record of SNS, of SQS, EventBridge, a Lambda event. */
const ENVELOPES = ['Message', 'Sns', 'body', 'detail', 'Records'] as const;

const SNS_HANDSHAKES = new Set(['SubscriptionConfirmation', 'UnsubscribeConfirmation']);
const TOPIC_VALIDATED = /^\s*Successfully validated SNS topic\b/;

/** What SES tells EventBridge about itself. Source: Amazon SES Developer Guide, "Monitoring SES events using Amazon EventBridge". */
const SERVICE_EVENTS = new Set([
  'Advisor Recommendation Status Open',
  'Advisor Recommendation Status Resolved',
  'Sending Status Enabled',
  'Sending Status Disabled',
]);

/** Takes off every envelope in which SES's notifications travel. Never throws; keeps the good next to the bad. */
export function unwrap(body: string): Unwrapped {
  const found: Found = { payloads: [], ignored: [], refusals: [] };
  if (body.length > MAX_BODY) {
    refuse(found, 'too_large', 'The body is longer than SQS allows.');
  } else {
    openText(found, body, { texts: 0, depth: 0 });
  }
  return found;
}

interface Found {
  readonly payloads: Fields[];
  readonly ignored: string[];
  readonly refusals: BodyRefusal[];
}

/** How many texts and envelopes stand around the present one. */
interface Around {
  readonly texts: number;
  readonly depth: number;
}

function openText(found: Found, text: string, { texts, depth }: Around): void {
  if (texts > MAX_TEXTS_INSIDE) {
    refuse(found, 'too_deep', `JSON stands in more than ${MAX_TEXTS_INSIDE} levels of JSON.`);
    return;
  }
  if (isDeeperThan(text, MAX_NESTING)) {
    refuse(found, 'too_deep', 'The JSON is nested too deeply.');
    return;
  }
  const parsed = parseJson(text);
  if (parsed !== null) {
    open(found, parsed.value, { texts: texts + 1, depth });
  } else if (TOPIC_VALIDATED.test(text)) {
    found.ignored.push('TopicValidated');
  } else {
    refuse(found, 'not_json', 'The text is not JSON.');
  }
}

function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function open(found: Found, value: unknown, { texts, depth }: Around): void {
  const around = { texts, depth: depth + 1 };
  if (depth > MAX_DEPTH) {
    refuse(found, 'too_deep', 'The envelopes are nested too deeply.');
  } else if (typeof value === 'string') {
    openText(found, value, around);
  } else if (Array.isArray(value) && value.length > 0) {
    openEach(found, value, around);
  } else {
    openFields(found, fieldsOf(value) ?? {}, around);
  }
}

function openEach(found: Found, values: readonly unknown[], around: Around): void {
  for (const value of values) {
    if (found.payloads.length + found.ignored.length + found.refusals.length >= MAX_PARTS) {
      refuse(found, 'too_many', `The body holds more than ${MAX_PARTS} notifications.`);
      return;
    }
    open(found, value, around);
  }
}

function openFields(found: Found, fields: Fields, around: Around): void {
  if (isPayload(fields)) {
    found.payloads.push(fields);
    return;
  }
  const handshake = handshakeOf(fields);
  const envelope = ENVELOPES.find((name) => fields[name] !== undefined && fields[name] !== null);
  if (handshake !== null) {
    found.ignored.push(handshake);
  } else if (envelope !== undefined) {
    open(found, fields[envelope], around);
  } else {
    refuse(found, 'not_a_notification', 'The JSON is no notification of SES and no envelope around one.');
  }
}

function isPayload(fields: Fields): boolean {
  return typeof fields['eventType'] === 'string' || typeof fields['notificationType'] === 'string';
}

function handshakeOf(fields: Fields): string | null {
  const type = fields['Type'];
  if (typeof type === 'string' && SNS_HANDSHAKES.has(type)) return type;
  const event = fields['detail-type'];
  return fields['source'] === 'aws.ses' && typeof event === 'string' && SERVICE_EVENTS.has(event)
    ? event
    : null;
}

function refuse(found: Found, reason: BodyRefusalReason, detail: string): void {
  found.refusals.push({ reason, detail });
}
