import type { Operations } from './contract.ts';
import type { Call, OperationName, Sender } from './send.ts';

/** The operations that answer a list. */
export type ListName = {
  [Name in OperationName]: Operations[Name]['answer'] extends { readonly items: readonly unknown[] }
    ? Name
    : never;
}[OperationName];

export type ListFormat = 'csv' | 'ndjson';

const TYPES: Readonly<Record<ListFormat, string>> = { csv: 'text/csv', ndjson: 'application/x-ndjson' };

/** A whole list as a file, page by page. */
export async function* exportList<Name extends ListName>(
  { sendForText }: Sender,
  name: Name,
  { format, ...call }: Call<Name> & { readonly format: ListFormat },
): AsyncGenerator<string, void, undefined> {
  let query = call.query;
  for (;;) {
    const { text, cursor } = await sendForText(name, { ...call, ...(query && { query }) }, TYPES[format]);
    yield text;
    if (cursor === null) return;
    query = { ...query, cursor };
  }
}
