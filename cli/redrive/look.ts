import type { Instant } from '../../lib/policy/time.ts';
import type { DeadLetter, DeadLetterQueue } from './dead-letters.ts';
import { type Description, describeLetter } from './describe-letter.ts';

/** Messages of one reason. */
export interface LetterGroup extends Pick<Description, 'reason' | 'from' | 'detail'> {
  messages: number;
  oldestAt: Instant;
  newestAt: Instant;
  /** One of them. */
  readonly sample: { readonly messageId: string; readonly text: string };
}

export interface Look {
  /** About how many there are, seen or not. */
  readonly depth: number;
  readonly seen: number;
  /** The largest first. */
  readonly groups: readonly LetterGroup[];
}

/** Looks at up to so many messages and puts them back: hidden for the moment, changed in nothing. */
export async function look(queue: DeadLetterQueue, most: number): Promise<Look> {
  const depth = await queue.depth();
  const held = new Map<string, string>();
  const groups = new Map<string, LetterGroup>();
  try {
    while (held.size < most) {
      const letters = await queue.receive();
      const fresh = letters.filter(({ id }) => !held.has(id));
      for (const { id, handle } of letters) held.set(id, handle);
      for (const letter of fresh) addTo(groups, queue, letter);
      if (fresh.length === 0) break;
    }
  } finally {
    await queue.release([...held].map(([id, handle]) => ({ id, handle })));
  }
  const sorted = [...groups.values()].sort((a, b) => b.messages - a.messages);
  return { depth: Math.max(depth, held.size), seen: held.size, groups: sorted };
}

function addTo(groups: Map<string, LetterGroup>, { name }: DeadLetterQueue, letter: DeadLetter): void {
  const { reason, from, detail, sample } = describeLetter(name, letter);
  const { id, sentAt } = letter;
  const key = `${from} ${reason}`;
  const group = groups.get(key) ?? {
    reason,
    from,
    detail,
    messages: 0,
    oldestAt: sentAt,
    newestAt: sentAt,
    sample: { messageId: id, text: sample },
  };
  group.messages += 1;
  group.oldestAt = Math.min(group.oldestAt, sentAt);
  group.newestAt = Math.max(group.newestAt, sentAt);
  groups.set(key, group);
}
