import { stringify } from 'csv-stringify/sync';
import { defuse } from '../../lib/http/csv.ts';
import type { Dialect } from './dialect.ts';

/** What writes rows as CSV (RFC 4180) like the list that was read; cells are defused. */
export function createReportCsv({ delimiter, endOfLine }: Dialect) {
  return (rows: readonly (readonly string[])[]): string =>
    stringify([...rows], {
      delimiter,
      record_delimiter: endOfLine,
      // Whatever ends its own lines, a reader may take any of them for an end.
      quoted_match: /[\r\n]/,
      cast: { string: defuse },
    });
}
