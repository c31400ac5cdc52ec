import { type Batch, takeBatches } from './batches.ts';
import { type FilterCall, judge } from './judge.ts';
import type { List } from './list.ts';
import { mapInOrder } from './map-in-order.ts';
import type { Outputs } from './outputs.ts';
import { createPageWriter, joinTexts, NO_TEXTS } from './page-writer.ts';
import type { Progress } from './progress.ts';
import type { SeenAddresses } from './seen-addresses.ts';
import { addTotals, countRows, NO_TOTALS, type Totals } from './totals.ts';

export interface FilterJob {
  readonly list: List;
  readonly call: FilterCall;
  readonly rowsPerBatch: number;
  /** How many calls at once. */
  readonly concurrency: number;
  readonly outputs: Outputs;
  readonly seen: SeenAddresses;
  readonly progress: Progress;
}

/** Sends a list through the filter and writes each row where it belongs, in order. The totals are those of all runs. */
export async function filterList({ outputs, ...job }: FilterJob): Promise<Totals> {
  const writer = createPageWriter(job.list);
  // Verdicts become texts at once: an answer of 5 MB is 25 MB while it is objects.
  const work = async ({ rows, ...batch }: Batch) => {
    const judged = await judge(rows, job.call);
    return { ...batch, texts: writer.rows(judged), totals: countRows(judged) };
  };
  const { place: start, totals: earlier } = outputs.start ?? { place: null, totals: NO_TOTALS };
  let opening = start === null ? writer.headers() : NO_TEXTS;
  let totals = earlier;
  for await (const page of mapInOrder(takeBatches({ ...job, start }), job.concurrency, work)) {
    totals = addTotals(totals, page.totals);
    await outputs.write({ ...joinTexts(opening, page.texts), end: page.end, totals });
    opening = NO_TEXTS;
    job.progress.update({ rows: page.end.rows, bytes: page.bytes });
  }
  await outputs.finish();
  return totals;
}
