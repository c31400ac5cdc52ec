import type { ImportAnswer, ImportOutcome, ImportRequest } from '../../client/index.ts';
import { mapInOrder } from '../filter/map-in-order.ts';
import type { Progress } from '../filter/progress.ts';
import type { SeenAddresses } from '../filter/seen-addresses.ts';
import type { ListedRow } from './import-rows.ts';

/** What became of a row; `no_reason` of one that was not sent, since it says nothing of why. */
export type RowOutcome = ImportOutcome | 'no_reason';

export interface DoneRow extends Pick<ListedRow, 'line' | 'cells'> {
  readonly outcome: RowOutcome;
  readonly detail: string;
}

export interface ImportJob {
  readonly rows: AsyncIterable<ListedRow>;
  readonly call: (request: ImportRequest) => Promise<ImportAnswer>;
  readonly isDryRun: boolean;
  /** How many calls at once. */
  readonly concurrency: number;
  /** Which addresses a dry run has found to be suppressed, and by which rows. */
  readonly seen: SeenAddresses;
  readonly progress: Progress;
  readonly bytesRead: () => number;
  /** Takes the rows of which nothing was kept, in their order. */
  readonly onRefused: (rows: readonly DoneRow[]) => Promise<void>;
}

export type Totals = Partial<Record<RowOutcome, number>>;

/** An answer does not account for every row. */
export class ImportAnswerError extends Error {
  override readonly name = 'ImportAnswerError';
}

interface Batch {
  readonly rows: readonly ListedRow[];
  readonly bytes: number;
}

/** As many rows as a call takes. */
const ROWS_PER_BATCH = 1_000;
/** Half of what a body may have, whatever JSON makes of it. */
const MOST_CHARACTERS = 500_000;
const NO_REASON = 'The row names no reason, no status and no words of the receiver: give one with --reason.';
export const REFUSED: ReadonlySet<RowOutcome> = new Set([
  'no_reason',
  'not_a_bounce',
  'unknown_reason',
  'invalid_date',
  'invalid_address',
] as const);

/** Sends a list in batches, and counts what became of its rows. */
export async function importList(job: ImportJob): Promise<Totals> {
  const totals: Totals = {};
  let rows = 0;
  const work = async (batch: Batch) => ({ done: await sendBatch(batch, job), bytes: batch.bytes });
  for await (const { done, bytes } of mapInOrder(takeBatches(job), job.concurrency, work)) {
    const told = done.map((row) => (job.isDryRun ? asInRun(row, job.seen) : row));
    for (const { outcome } of told) totals[outcome] = (totals[outcome] ?? 0) + 1;
    await job.onRefused(told.filter(({ outcome }) => REFUSED.has(outcome)));
    rows += told.length;
    job.progress.update({ rows, bytes });
  }
  return totals;
}

async function* takeBatches({ rows: all, bytesRead }: ImportJob): AsyncGenerator<Batch> {
  let rows: ListedRow[] = [];
  let characters = 0;
  for await (const row of all) {
    rows.push(row);
    characters += JSON.stringify(row.row).length;
    if (rows.length === ROWS_PER_BATCH || characters >= MOST_CHARACTERS) {
      yield { rows, bytes: bytesRead() };
      rows = [];
      characters = 0;
    }
  }
  if (rows.length > 0) yield { rows, bytes: bytesRead() };
}

interface TaggedRow extends DoneRow {
  readonly address: string | null;
  readonly row: ListedRow['row'];
}

async function sendBatch({ rows }: Batch, { call, isDryRun }: ImportJob): Promise<readonly TaggedRow[]> {
  const sent = rows.flatMap(({ row }) => (row === null ? [] : [row]));
  const answer = sent.length === 0 ? [] : (await call({ rows: sent, dryRun: isDryRun })).rows;
  if (answer.length !== sent.length) {
    throw new ImportAnswerError('The answer does not account for every row. Is this the API of Rebound?');
  }
  const answers = answer.values();
  return rows.map(({ line, cells, row }) => {
    const told = row === null ? undefined : answers.next().value;
    return told === undefined
      ? { line, cells, outcome: 'no_reason', detail: NO_REASON, address: null, row }
      : { line, cells, outcome: told.outcome, detail: told.detail, address: told.address, row };
  });
}

/** What a dry run does not write, the next of its calls does not find. */
function asInRun({ address, row, ...done }: TaggedRow, seen: SeenAddresses): DoneRow {
  if (address === null || done.outcome !== 'suppressed') return done;
  const isKnownAddress = seen.remember(address);
  const isKnownRow = seen.remember(JSON.stringify({ ...row, address }));
  if (!isKnownAddress) return done;
  return { ...done, outcome: isKnownRow ? 'nothing_new' : 'already_suppressed' };
}
