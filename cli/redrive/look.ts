import { type Instant, toIso } from '../../lib/policy/time.ts';
import type { DeadLetter, DeadLetterQueue, QueueName } from './dead-letters.ts';
import { type Description, describeLetter } from './describe-letter.ts';

/** Messages of one reason. */
export interface LetterGroup extends Pick<Description, 'reason' | 'from' | 'detail'> {
  readonly messages: number;
  /** ISO 8601. */
  readonly oldestAt: string;
  readonly newestAt: string;
  /** One of them. */
  readonly sample: { readonly messageId: string; readonly text: string };
}

type Counting = Omit<LetterGroup, 'messages' | 'oldestAt' | 'newestAt'> & { readonly sentAt: Instant[] };

export interface Look {
  /** About how many there are, seen or not. */
  readonly depth: number;
  readonly seen: number;
  /** The largest first. */
  readonly groups: readonly LetterGroup[];
}

/** What a run found in one queue and did about it. */
export interface QueueReport extends Look {
  readonly queue: QueueName;
  /** How many were sent back; null where nothing was to be. */
  readonly sentBack: number | null;
}

/** Looks at up to so many messages and puts them back: hidden for the moment, changed in nothing. */
export async function look(queue: DeadLetterQueue, most: number): Promise<Look> {
  const depth = await queue.depth();
  const held = new Map<string, string>();
  const groups = new Map<string, Counting>();
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
  const sorted = [...groups.values()].map(counted).sort((a, b) => b.messages - a.messages);
  return { depth: Math.max(depth, held.size), seen: held.size, groups: sorted };
}

function addTo(groups: Map<string, Counting>, { name }: DeadLetterQueue, letter: DeadLetter): void {
  const { reason, from, detail, sample } = describeLetter(name, letter);
  const key = `${from} ${reason}`;
  const group = groups.get(key);
  if (group === undefined) {
    const example = { messageId: letter.id, text: sample };
    groups.set(key, { reason, from, detail, sample: example, sentAt: [letter.sentAt] });
  } else {
    group.sentAt.push(letter.sentAt);
  }
}

function counted({ sentAt, ...group }: Counting): LetterGroup {
  return {
    ...group,
    messages: sentAt.length,
    oldestAt: toIso(Math.min(...sentAt)),
    newestAt: toIso(Math.max(...sentAt)),
  };
}
