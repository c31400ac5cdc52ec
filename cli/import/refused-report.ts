import { stringify } from 'csv-stringify/sync';
import { defuse } from '../../lib/http/csv.ts';
import { toBytes } from '../filter/bytes.ts';
import type { Table } from '../filter/table.ts';
import type { Columns } from './columns.ts';
import type { DoneRow } from './import-list.ts';

const OWN_COLUMNS = ['rebound_line', 'rebound_outcome', 'rebound_detail'];

/** The rows of which nothing was kept, as CSV (RFC 4180) written like the list; cells are defused. */
export function createRefusedReport({ dialect }: Table, { layout }: Columns) {
  const csv = (rows: readonly (readonly string[])[]) =>
    stringify([...rows], {
      delimiter: dialect.delimiter,
      record_delimiter: dialect.endOfLine,
      // Whatever ends its own lines, a reader may take any of them for an end.
      quoted_match: /[\r\n]/,
      cast: { string: defuse },
    });
  return {
    header: () => dialect.mark + csv([[...OWN_COLUMNS, ...layout.columns]]),
    rows: (refused: readonly DoneRow[]) =>
      csv(
        refused.map(({ line, outcome, detail, cells }) => [String(line), outcome, toBytes(detail), ...cells]),
      ),
  };
}
