import { bounce, failed, wrapped } from '../../ses/build.ts';

/** A body that can never be understood, and the reason under which it is to be parked. */
export interface Malformed {
  readonly reason: string;
  readonly bodyOf: (id: string) => string;
}

/** SQS carries no longer one. */
const LONGEST_BODY = 1_048_576;
const MOST_PARTS = 10_000;

const usual: readonly Malformed[] = [
  { reason: 'not_json', bodyOf: (id) => `{"eventType":"Bounce","id":"${id}"` },
  { reason: 'not_json', bodyOf: (id) => `Hello ${id}` },
  { reason: 'not_json', bodyOf: (id) => `${JSON.stringify({ eventType: 'Send' })}\u0000${id}` },
  { reason: 'not_a_notification', bodyOf: (id) => JSON.stringify({ id }) },
  { reason: 'not_a_notification', bodyOf: (id) => JSON.stringify([{ id }, 42, null]) },
  { reason: 'not_a_notification', bodyOf: (id) => JSON.stringify({ Message: { id } }) },
  { reason: 'unknown_type', bodyOf: (id) => JSON.stringify({ eventType: 'Teleport', id }) },
  {
    reason: 'no_recipients',
    bodyOf: (id) => JSON.stringify(bounce({ feedbackId: id, bouncedRecipients: [] })),
  },
  { reason: 'no_recipients', bodyOf: (id) => JSON.stringify({ notificationType: 'Complaint', id }) },
  { reason: 'too_deep', bodyOf: (id) => wrapped({ id }, 6) },
  {
    reason: 'bad_recipient',
    bodyOf: (id) =>
      JSON.stringify(bounce({ feedbackId: id, bouncedRecipients: [failed('nobody at all'), failed(null)] })),
  },
];

const large: readonly Malformed[] = [
  { reason: 'too_large', bodyOf: (id) => JSON.stringify(id.padEnd(LONGEST_BODY, '.')) },
  {
    reason: 'too_many',
    bodyOf: (id) =>
      JSON.stringify([{ eventType: 'Send', id }, ...Array(MOST_PARTS).fill({ eventType: 'Send' })]),
  },
];

/** The large ones are rare: each costs a hundred others. */
export const MALFORMED: readonly Malformed[] = [...Array(20).fill(usual).flat(), ...large];
