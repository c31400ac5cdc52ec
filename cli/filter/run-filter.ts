import { resolve } from 'node:path';
import { connect, type GlobalOptions } from '../connect.ts';
import { printable, printableJson } from '../printable.ts';
import { type Shell, UsageError, write } from '../shell.ts';
import { UnfinishedError } from '../unfinished-error.ts';
import { fromBytes } from './bytes.ts';
import { DISK } from './disk.ts';
import { createFileOutputs } from './file-outputs.ts';
import { expectDistinct, openSource } from './files.ts';
import { filterList } from './filter-list.ts';
import type { FilterCall } from './judge.ts';
import { type List, openList } from './list.ts';
import type { Outputs } from './outputs.ts';
import { createProgress, SILENT } from './progress.ts';
import { createSeenAddresses } from './seen-addresses.ts';
import { createStreamOutputs } from './stream-outputs.ts';
import { summaryJson, summaryText } from './summary.ts';

export interface FilterOptions extends GlobalOptions {
  readonly campaign?: string;
  readonly send?: string;
  readonly notSent?: string;
  readonly resume?: true;
  readonly column?: string;
  readonly concurrency: number;
  readonly json?: true;
}

/** As many recipients as a call takes. */
const ROWS_PER_BATCH = 10_000;
const GO_ON = 'Repeat the command with --resume to go on.';
const START_OVER = 'What went to standard output cannot be gone on with; with --send FILE it can.';

/** Filters a file, or standard input for `-`. Throws UsageError, InputError, UnfinishedError and what the client throws. */
export async function runFilter(file: string, options: FilterOptions, shell: Shell): Promise<void> {
  const { stderr, clock } = shell;
  const startedAt = clock();
  await checkOptions(file, options);
  const call = await createCall(options, shell);
  const source = await openSource(file, shell);
  const list = await openList(source.bytes, options.column ?? null);
  const outputs = await openOutputs(options, shell);
  const rowsBefore = outputs.start?.place.rows ?? 0;
  if (!options.json) await write(stderr, `${describeList(file, list)}\n`);
  // Rows on the terminal tell enough.
  const isQuiet = options.json || (options.send === undefined && shell.stdout.isTTY);
  const progress = isQuiet
    ? SILENT
    : createProgress({ stream: stderr, totalBytes: source.totalBytes, rowsBefore, clock });
  shell.onStop(() => {
    progress.stop();
    stderr.write(`Stopped. ${outputs.canGoOn() ? GO_ON : START_OVER}\n`);
  });
  const seen = createSeenAddresses();
  const about = { rowsPerBatch: ROWS_PER_BATCH, concurrency: options.concurrency };
  const totals = await filterList({ list, outputs, seen, progress, call, ...about })
    .catch((cause) => {
      throw outputs.canGoOn() ? new UnfinishedError(GO_ON, { cause }) : cause;
    })
    .finally(async () => {
      progress.stop();
      await outputs.close();
    });
  const run = { totals, elapsedInMs: clock() - startedAt, rowsBefore, seenIsFull: seen.isFull() };
  const summary = options.json ? printableJson(summaryJson(run)) : summaryText({ ...run, ...options });
  await write(stderr, `${summary}\n`);
}

async function checkOptions(file: string, { send, notSent, resume }: FilterOptions): Promise<void> {
  if (resume && send === undefined) {
    throw new UsageError(`--resume needs --send FILE. ${START_OVER}`);
  }
  await expectDistinct([file, send, notSent]);
}

async function createCall(options: FilterOptions, shell: Shell): Promise<FilterCall> {
  const client = await connect(options, shell);
  const campaign = options.campaign === undefined ? {} : { campaign: options.campaign };
  return (recipients) => client.filterRecipients({ recipients, ...campaign });
}

async function openOutputs(options: FilterOptions, { stdout }: Shell): Promise<Outputs> {
  const { account, campaign = null, column = null, resume = false } = options;
  const notSent = options.notSent === undefined ? null : resolve(options.notSent);
  if (options.send === undefined)
    return await createStreamOutputs({ disk: DISK, stdout, notSentPath: notSent });
  const settings = { account, campaign, column, notSent };
  return await createFileOutputs({ disk: DISK, sendPath: options.send, settings, resume });
}

/** `people.csv: CSV with a header, addresses in column "Email"`. */
function describeList(file: string, { dialect, layout }: List): string {
  const name = file === '-' ? 'standard input' : file;
  const header = layout.hasHeader ? 'a header' : 'no header';
  if (dialect.kind === 'lines') return printable(`${name}: one address a line, ${header}`);
  const column = layout.hasHeader
    ? `"${fromBytes(layout.columns[layout.addressColumn] ?? '')}"`
    : String(layout.addressColumn + 1);
  return printable(`${name}: CSV with ${header}, addresses in column ${column}`);
}
