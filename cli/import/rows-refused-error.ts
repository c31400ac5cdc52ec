/** A list was imported, and some of its rows could not be read; the message says where they are. */
export class RowsRefusedError extends Error {
  override readonly name = 'RowsRefusedError';
}
