import { type NotSent, type ReboundClient, ReboundProblemError } from '../../../client/index.ts';
import { canonicalAddress } from '../../../lib/policy/address.ts';

/** A row that is not to be sent to, and why. */
export interface Held {
  /** Its place in the list. */
  readonly index: number;
  readonly verdict: NotSent;
}

/** How far a list has been checked. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** The places in the list of whom to send to. */
  readonly send: readonly number[];
  readonly held: readonly Held[];
}

/** A list under way. It goes on where it stands, however often it was stopped. */
export interface CheckRun {
  progress(): Progress;
  /** Checks what is left, and tells how far it is after each call. Throws what the client throws. */
  advance(signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<void>;
}

/** What one call takes. */
const MOST_AT_ONCE = 10_000;
const TOO_MUCH = new Set(['split_the_call', 'body_too_large', 'too_many_recipients']);

/** Checks recipients in several calls as one call would do it: an address of an earlier call is a duplicate. */
export function createCheckRun(
  client: Pick<ReboundClient, 'filterRecipients'>,
  recipients: readonly string[],
): CheckRun {
  const send: number[] = [];
  const held: Held[] = [];
  const seen = new Set<string>();
  let done = 0;
  let batchSize = MOST_AT_ONCE;

  const progress = (): Progress => ({ done, total: recipients.length, send: [...send], held: [...held] });

  function take(
    batch: readonly string[],
    answer: { readonly send: readonly string[]; readonly notSent: readonly NotSent[] },
  ) {
    let sent = 0;
    let refused = 0;
    batch.forEach((recipient, place) => {
      const index = done + place;
      if (answer.send[sent] !== recipient) {
        const verdict = answer.notSent[refused];
        refused += 1;
        if (verdict !== undefined)
          held.push({ index, verdict: isRepeat(recipient) ? repeatOf(recipient) : verdict });
        return;
      }
      sent += 1;
      if (isRepeat(recipient)) held.push({ index, verdict: repeatOf(recipient) });
      else send.push(index);
    });
    for (const recipient of batch) seen.add(keyOf(recipient));
    done += batch.length;
  }

  function isRepeat(recipient: string): boolean {
    return canonicalAddress(recipient) !== null && seen.has(keyOf(recipient));
  }

  return {
    progress,
    async advance(signal, onProgress) {
      while (done < recipients.length) {
        const batch = recipients.slice(done, done + batchSize);
        try {
          take(batch, await client.filterRecipients({ recipients: batch }, { signal }));
        } catch (error) {
          if (!isTooMuch(error) || batch.length === 1) throw error;
          batchSize = Math.ceil(batch.length / 2);
        }
        onProgress(progress());
      }
    },
  };
}

function keyOf(recipient: string): string {
  return canonicalAddress(recipient) ?? recipient;
}

function isTooMuch(error: unknown): boolean {
  return error instanceof ReboundProblemError && TOO_MUCH.has(error.code);
}

function repeatOf(recipient: string): NotSent {
  const address = canonicalAddress(recipient);
  return {
    recipient,
    address,
    code: 'duplicate',
    rule: 'P7',
    layer: 'input',
    until: null,
    bounce: null,
    unbounce: null,
  };
}
