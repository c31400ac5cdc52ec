import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seededRandom } from '../support/random.ts';

/** What is to become of a row. */
export type Fate = 'send' | 'hard_bounce' | 'duplicate' | 'invalid_address';

export interface Person {
  /** From 0 on; the first column. */
  readonly id: number;
  readonly address: string;
  readonly fate: Fate;
}

const SEED = 20261123;
const BLOCKED_EVERY = 4_000;
const NAMES = ['Ada', '"Lovelace, Ada"', '"Bob ""B"" Berg"', '"two\nlines"', '=1+1', 'José', ''];

/** The addresses that bounce before the list is filtered. */
export function blockedAddresses(count: number): string[] {
  return Array.from({ length: Math.ceil(count / BLOCKED_EVERY) }, (_, at) => addressOf(at * BLOCKED_EVERY));
}

/** So many people, always the same ones. Some repeat an address of anywhere before, some have none. */
export function* people(count: number): Generator<Person> {
  const random = seededRandom(SEED);
  const isSeen = new Uint8Array(count);
  for (let id = 0; id < count; id += 1) {
    const share = random();
    if (share > 0.999) {
      yield { id, address: `person ${id}`, fate: 'invalid_address' };
      continue;
    }
    const isRepeat = share < 0.01;
    const whose = isRepeat ? Math.floor(random() * id) : id;
    const address = isRepeat ? addressOf(whose).toUpperCase() : addressOf(whose);
    const fate = isSeen[whose] === 1 ? 'duplicate' : whose % BLOCKED_EVERY === 0 ? 'hard_bounce' : 'send';
    isSeen[whose] = 1;
    yield { id, address, fate };
  }
}

/** Writes them as CSV with quoted cells, some of several lines. */
export async function writePeople(file: string, count: number): Promise<void> {
  const output = createWriteStream(file);
  output.write('id,name,e-mail,city\r\n');
  for (const { id, address } of people(count)) {
    const row = `${id},${NAMES[id % NAMES.length]},${address},Town ${id % 1_000}\r\n`;
    if (!output.write(row)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'close');
}

function addressOf(id: number): string {
  return `person${id}@example${id % 1_000}.test`;
}
