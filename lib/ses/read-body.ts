import type { Notification } from './notification.ts';
import { parseNotification } from './parse-notification.ts';
import { type BodyRefusal, unwrap } from './unwrap.ts';

/** All that one SQS body says. */
export interface Reading {
  readonly notifications: readonly Notification[];
  /** What could not be understood. One of them is enough to park the message; the good parts still count. */
  readonly refusals: readonly BodyRefusal[];
}

/** Reads an SQS body in any shape in which SES speaks. Never throws: what it cannot read is a refusal. */
export function readBody(body: string): Reading {
  const { payloads, ignored, refusals } = unwrap(body);
  const notifications: Notification[] = ignored.map((what) => ({ kind: 'ignored', what }));
  const refused = [...refusals];
  for (const payload of payloads) {
    const parsed = parseNotification(payload);
    if (parsed.kind === 'refusal') {
      refused.push({ reason: parsed.reason, detail: parsed.detail });
    } else {
      notifications.push(parsed);
    }
  }
  return { notifications, refusals: refused };
}
