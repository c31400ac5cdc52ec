import { printable } from '../printable.ts';
import { wrap } from './layout.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
}

const GAP = '  ';
const LEAST_WIDTH = 12;
const DEFAULT_WIDTH = 80;
const MORE = '…';

export interface TableOptions<Row> {
  readonly columns: readonly Column<Row>[];
  /** Lines to put under a row. */
  readonly below?: (row: Row) => string;
  /** Of the terminal; null where lines may have any length. */
  readonly width: number | null;
}

/** Rows under their titles. Where they are too wide, the first column is cut short. */
export function tableText<Row>(rows: readonly Row[], { columns, below, width }: TableOptions<Row>): string {
  const titles = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ cell }) => printable(cell(row))));
  const widths = fittingWidths([titles, ...cells], width);
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => toWidth(text, widths[at] ?? 0))
      .join(GAP)
      .trimEnd();
  const lines = rows.map((row, at) => [
    line(cells[at] ?? []),
    ...(below === undefined
      ? []
      : wrap(below(row), (width ?? DEFAULT_WIDTH) - GAP.length).map((text) => GAP + text)),
  ]);
  return [line(titles), ...lines.flat()].join('\n');
}

function fittingWidths(lines: readonly (readonly string[])[], width: number | null): number[] {
  const widths = (lines[0] ?? []).map((_, at) =>
    Math.max(...lines.map((cells) => lengthOf(cells[at] ?? ''))),
  );
  const total = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length);
  const excess = width === null ? 0 : Math.max(0, total - width);
  return widths.map((each, at) => (at === 0 ? Math.max(Math.min(each, LEAST_WIDTH), each - excess) : each));
}

function toWidth(cell: string, width: number): string {
  const characters = [...cell];
  if (characters.length <= width) return cell + ' '.repeat(width - characters.length);
  return characters.slice(0, width - 1).join('') + MORE;
}

function lengthOf(cell: string): number {
  return [...cell].length;
}
