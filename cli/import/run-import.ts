import { connect, type GlobalOptions } from '../connect.ts';
import { fromBytes } from '../filter/bytes.ts';
import { DISK } from '../filter/disk.ts';
import { expectDistinct, openSource } from '../filter/files.ts';
import { createProgress, SILENT } from '../filter/progress.ts';
import { createSeenAddresses } from '../filter/seen-addresses.ts';
import { openTable, type Table } from '../filter/table.ts';
import { printable, printableJson } from '../printable.ts';
import { type Shell, UsageError, write } from '../shell.ts';
import { UnfinishedError } from '../unfinished-error.ts';
import { type Columns, detectColumns, type NamedColumns } from './columns.ts';
import type { DateOrder } from './dates.ts';
import { type DoneRow, importList, type Totals } from './import-list.ts';
import { readRows } from './import-rows.ts';
import { FIELDS } from './providers.ts';
import { createRefusedReport } from './refused-report.ts';
import { RowsRefusedError } from './rows-refused-error.ts';
import { countRefused, rowsText, summaryJson, summaryText } from './summary.ts';

export interface ImportOptions extends GlobalOptions {
  readonly dryRun?: true;
  readonly columns?: NamedColumns;
  readonly reason?: string;
  readonly dates?: DateOrder;
  readonly refused?: string;
  readonly concurrency: number;
  readonly json?: true;
}

const AGAIN = 'What was sent is kept. Repeat the command: what is done already changes nothing.';

/** Imports a file, or standard input for `-`. Throws UsageError, InputError, RowsRefusedError and what the client throws. */
export async function runImport(file: string, options: ImportOptions, shell: Shell): Promise<void> {
  const { stdout, stderr, clock } = shell;
  const startedAt = clock();
  await expectDistinct([file, options.refused]);
  const client = await connect(options, shell);
  const source = await openSource(file, shell);
  const table = await openTable(source.bytes);
  const columns = detectColumns(
    table.first.map(({ record }) => record),
    table.dialect.kind,
    options.columns ?? {},
  );
  expectReasons(columns, options);
  const refused = await openRefused(options.refused, table, columns);
  if (!options.json) await write(stderr, `${describeList(file, columns)}\n`);
  const progress = options.json
    ? SILENT
    : createProgress({ stream: stderr, totalBytes: source.totalBytes, rowsBefore: 0, clock });
  shell.onStop(() => {
    progress.stop();
    stderr.write(`Stopped. ${AGAIN}\n`);
  });
  const { reason = null, dates = null, concurrency, dryRun: isDryRun = false } = options;
  const totals: Totals = await importList({
    rows: readRows(table, columns, { reason, dates }),
    call: (request) => client.importSuppressions(request),
    isDryRun,
    concurrency,
    seen: createSeenAddresses(),
    progress,
    bytesRead: table.bytesRead,
    onRefused: (rows) => refused.add(rows),
  })
    .catch((cause) => {
      throw isDryRun ? cause : new UnfinishedError(AGAIN, { cause });
    })
    .finally(async () => {
      progress.stop();
      await refused.close();
    });
  const run = { totals, elapsedInMs: clock() - startedAt, isDryRun, refusedFile: options.refused ?? null };
  await write(stdout, `${options.json ? printableJson(summaryJson(run)) : summaryText(run)}\n`);
  expectTaken(totals, options);
}

/** A list of nothing but addresses may be one of unsubscribes, or of customers. */
function expectReasons({ at, provider, flags }: Columns, { reason }: ImportOptions): void {
  const says = [at.reason, at.status, at.diagnostic].some((column) => column !== null);
  if (says || flags.length > 0 || provider?.reason !== undefined || reason !== undefined) return;
  throw new UsageError(
    'No column says why. Name one with --columns reason=NAME, or say it of all rows: --reason "hard bounce", --reason complaint.',
  );
}

/** What nobody could read is not blocked now, which whoever runs this must see. An unsubscribe is no fault. */
function expectTaken(totals: Totals, { refused, dryRun }: ImportOptions): void {
  const unread = countRefused(totals) - (totals.not_a_bounce ?? 0);
  if (unread === 0) return;
  const where =
    refused === undefined ? 'Name a file with --refused to see which, and why.' : `See ${refused}.`;
  const what = dryRun ? 'could not be read' : 'could not be read: left out';
  throw new RowsRefusedError(`${rowsText(unread)} ${what}. ${where}`);
}

async function openRefused(path: string | undefined, table: Table, columns: Columns) {
  if (path === undefined) return { add: async () => undefined, close: async () => undefined };
  const report = createRefusedReport(table, columns);
  const output = await DISK.open(path, 0);
  await output.append(report.header());
  return {
    async add(rows: readonly DoneRow[]) {
      if (rows.length > 0) await output.append(report.rows(rows));
    },
    close: () => output.close(),
  };
}

/** `bounces.csv: a list of Mailgun; address in "address", status in "code", diagnostic in "error", date in "created_at"`. */
function describeList(file: string, { layout, provider, at }: Columns): string {
  const name = file === '-' ? 'standard input' : file;
  const whose = provider === null ? '' : ` a list of ${provider.name};`;
  const places = FIELDS.flatMap((field) => {
    const column = at[field];
    if (column === null) return [];
    const title = layout.hasHeader ? `"${fromBytes(layout.columns[column] ?? '')}"` : String(column + 1);
    return [`${field} in ${title}`];
  });
  return printable(`${name}:${whose} ${places.join(', ')}`);
}
