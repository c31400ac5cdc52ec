import { toBytes } from '../filter/bytes.ts';
import { createReportCsv } from '../filter/report-csv.ts';
import type { Table } from '../filter/table.ts';
import type { Columns } from './columns.ts';
import type { DoneRow } from './import-list.ts';

const OWN_COLUMNS = ['rebound_line', 'rebound_outcome', 'rebound_detail'];

/** The rows of which nothing was kept, as CSV (RFC 4180) written like the list; cells are defused. */
export function createRefusedReport({ dialect }: Table, { layout }: Columns) {
  const csv = createReportCsv(dialect);
  return {
    header: () => dialect.mark + csv([[...OWN_COLUMNS, ...layout.columns]]),
    rows: (refused: readonly DoneRow[]) =>
      csv(
        refused.map(({ line, outcome, detail, cells }) => [String(line), outcome, toBytes(detail), ...cells]),
      ),
  };
}
