import type { Effect } from '../../lib/ses/effect.ts';
import type { Notification } from '../../lib/ses/notification.ts';
import { readBody } from '../../lib/ses/read-body.ts';
import { type AccountCandidate, accountCandidates, type SenderOptions } from '../../lib/ses/sender.ts';

/** One notification: what it comes to, and who may have sent the mail. */
export interface Told {
  readonly effects: readonly Effect[];
  readonly senders: readonly AccountCandidate[];
}

/** One SQS message, read. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly told: readonly Told[];
  /** Why parts of it can never be understood; one is enough to park the message. */
  readonly refusals: readonly { readonly reason: string; readonly detail: string }[];
}

export interface Reader {
  readonly effectsOf: (notification: Notification) => readonly Effect[];
  readonly senders: SenderOptions;
}

export function readMessage(id: string, body: string, { effectsOf, senders }: Reader): Message {
  const { notifications, refusals } = readBody(body);
  const told = notifications.map((notification) => ({
    effects: effectsOf(notification),
    senders: notification.kind === 'ignored' ? [] : accountCandidates(notification.mail, senders),
  }));
  return {
    id,
    body,
    told,
    refusals: [...refusals, ...told.flatMap(({ effects }) => badRecipients(effects))],
  };
}

function badRecipients(effects: readonly Effect[]): { reason: string; detail: string }[] {
  return effects.flatMap((effect) =>
    effect.kind === 'bad_recipient'
      ? [{ reason: 'bad_recipient', detail: `A recipient is no e-mail address (${effect.why}).` }]
      : [],
  );
}
