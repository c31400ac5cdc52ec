import { type Page, pagesOf } from '../client/index.ts';
import { printable, printableJson } from './printable.ts';
import { type Shell, write } from './shell.ts';
import { type Column, tableText } from './text/table.ts';

const DEFAULT_WIDTH = 80;
const MOST_ROWS_A_PAGE = 1_000;

/** Prints a value as JSON where that was asked for, else as what the text makes of it in so many columns. */
export async function print<Value>(
  value: Value,
  { json, shell, text }: Printing & { readonly text: (value: Value, width: number) => string },
): Promise<void> {
  const shown = json ? printableJson(value) : text(value, shell.stdout.columns ?? DEFAULT_WIDTH);
  await write(shell.stdout, `${shown}\n`);
}

export interface Printing {
  readonly shell: Shell;
  readonly json?: true;
}

export interface Listing<Row> extends Printing {
  /** Reads a page. */
  readonly read: (query: ListQuery) => Promise<ListPage<Row>>;
  readonly columns: readonly Column<Row>[];
  /** Lines to put under a row. */
  readonly below?: (row: Row) => string;
  /** How many rows to show. */
  readonly limit: number;
  /** What to say where there is no row. */
  readonly none: string;
}

export interface ListQuery {
  readonly cursor?: string;
  readonly limit: number;
}

interface ListPage<Row> extends Page {
  readonly items: readonly Row[];
}

/** Prints the first rows of a list. What is said about the list goes to standard error. */
export async function printList<Row>(listing: Listing<Row>): Promise<void> {
  const { read, limit, none, json, shell } = listing;
  const { items, isWhole } = await takeItems(read, limit);
  if (json) {
    await write(shell.stdout, `${printableJson({ items })}\n`);
    return;
  }
  const width = shell.stdout.isTTY ? (shell.stdout.columns ?? DEFAULT_WIDTH) : null;
  if (items.length === 0) await write(shell.stderr, `${printable(none)}\n`);
  else await write(shell.stdout, `${tableText(items, { ...listing, width })}\n`);
  if (!isWhole) await write(shell.stderr, 'There are more: see --limit and rebound export.\n');
}

async function takeItems<Row>(
  read: Listing<Row>['read'],
  limit: number,
): Promise<{ readonly items: readonly Row[]; readonly isWhole: boolean }> {
  const items: Row[] = [];
  const pages = pagesOf((position) => read({ limit: Math.min(limit, MOST_ROWS_A_PAGE), ...position }));
  for await (const page of pages) {
    items.push(...page.items);
    if (items.length > limit || (items.length === limit && page.cursor !== undefined)) {
      return { items: items.slice(0, limit), isWhole: false };
    }
  }
  return { items, isWhole: true };
}
