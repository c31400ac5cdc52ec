import type { DeadLetter, DeadLetterQueue, QueueName } from '../../cli/redrive/dead-letters.ts';

export interface TwinOptions {
  readonly name?: QueueName;
  readonly isOrdered?: boolean;
  /** Called before each call; what it throws is the answer. */
  readonly fault?: (call: 'receive' | 'sendBack' | 'remove' | 'release') => void;
  /** Called with what arrives at the source queue. */
  readonly onArrival?: (letter: DeadLetter) => void;
}

interface Waiting {
  readonly letter: Omit<DeadLetter, 'handle'>;
  isHidden: boolean;
}

/** A dead-letter queue and its source in memory, which hides what it hands out, as SQS does. */
export interface Twin extends DeadLetterQueue {
  readonly waiting: Waiting[];
  readonly source: DeadLetter[];
  put(letter: Partial<DeadLetter> & { readonly body: string }): void;
  /** What was hidden is there again, as when the time is up. */
  wakeUp(): void;
}

let ids = 0;

export function createTwin({ name = 'intake', isOrdered = false, fault, onArrival }: TwinOptions = {}): Twin {
  const waiting: Waiting[] = [];
  const source: DeadLetter[] = [];
  const find = (handle: string) => waiting.find(({ letter }) => letter.id === handle);
  return {
    name,
    isOrdered,
    waiting,
    source,
    put({ body, sentAt = 0, attributes = {}, group = null }) {
      waiting.push({ letter: { id: `m${ids++}`, body, sentAt, attributes, group }, isHidden: false });
    },
    wakeUp() {
      for (const one of waiting) one.isHidden = false;
    },
    depth: async () => waiting.length,
    async receive() {
      fault?.('receive');
      const closed = new Set(
        isOrdered ? waiting.filter(({ isHidden }) => isHidden).map(({ letter }) => letter.group) : [],
      );
      const taken = waiting
        .filter(({ letter, isHidden }) => !isHidden && !closed.has(letter.group))
        .slice(0, 10);
      for (const one of taken) one.isHidden = true;
      return taken.map(({ letter }) => ({ ...letter, handle: letter.id }));
    },
    async release(taken) {
      fault?.('release');
      for (const { handle } of taken) {
        const found = find(handle);
        if (found !== undefined) found.isHidden = false;
      }
    },
    async sendBack(letter) {
      fault?.('sendBack');
      source.push(letter);
      onArrival?.(letter);
    },
    async remove({ handle }) {
      fault?.('remove');
      const found = find(handle);
      if (found !== undefined) waiting.splice(waiting.indexOf(found), 1);
    },
  };
}
