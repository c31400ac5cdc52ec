import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { type Fate, people } from './people.ts';

export interface Account {
  readonly counts: Readonly<Partial<Record<Fate, number>>>;
  /** What is wrong, the first few. */
  readonly faults: readonly string[];
}

const MOST_FAULTS = 10;

/** Reads both outputs, and looks whether each person stands in the right one, once and in order. */
export async function accountFor(
  count: number,
  files: { readonly send: string; readonly notSent: string },
): Promise<Account> {
  const send = readRows(files.send);
  const notSent = readRows(files.notSent);
  const next = { send: await take(send), notSent: await take(notSent) };
  const counts: Partial<Record<Fate, number>> = {};
  const faults: string[] = [];
  for (const { id, fate } of people(count)) {
    const name = fate === 'send' ? 'send' : 'notSent';
    const row = next[name];
    const found = fate === 'send' ? 'send' : row?.['rebound_code'];
    if (row?.['id'] !== String(id) || found !== fate)
      faults.push(`${id} should be ${fate}: ${JSON.stringify(row)}`);
    if (faults.length >= MOST_FAULTS) return { counts, faults };
    counts[fate] = (counts[fate] ?? 0) + 1;
    next[name] = await take(fate === 'send' ? send : notSent);
  }
  for (const row of [next.send, next.notSent]) {
    if (row !== null) faults.push(`There is a row too many: ${JSON.stringify(row)}`);
  }
  return { counts, faults };
}

type CsvRow = Readonly<Record<string, string>>;

function readRows(file: string): AsyncIterator<CsvRow> {
  const parser = createReadStream(file).pipe(parse({ columns: true }));
  return (parser as AsyncIterable<CsvRow>)[Symbol.asyncIterator]();
}

async function take(rows: AsyncIterator<CsvRow>): Promise<CsvRow | null> {
  const next = await rows.next();
  return next.done ? null : next.value;
}
