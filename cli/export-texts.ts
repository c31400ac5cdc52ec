export type ExportFormat = 'csv' | 'ndjson' | 'json';

/** The pages of a list, one after the other. */
export type ListPages = AsyncIterable<string>;

/** Lists as one text, in pieces. Lists as CSV have the same columns; for JSON they come as NDJSON. */
export async function* exportTexts(
  lists: readonly ListPages[],
  format: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  switch (format) {
    case 'csv':
      yield* oneTable(lists);
      break;
    case 'ndjson':
      for (const list of lists) yield* list;
      break;
    case 'json':
      yield* oneDocument(lists);
      break;
  }
}

/** Each list begins with the line of its columns, of which one is enough. */
async function* oneTable(lists: readonly ListPages[]): AsyncGenerator<string> {
  let isFollowing = false;
  for (const list of lists) {
    let isFirst = true;
    for await (const page of list) {
      yield isFollowing && isFirst ? page.slice(page.indexOf('\n') + 1) : page;
      isFirst = false;
    }
    isFollowing = true;
  }
}

async function* oneDocument(lists: readonly ListPages[]): AsyncGenerator<string> {
  let before = '{"items":[\n';
  for (const list of lists) {
    for await (const page of list) {
      for (const line of page.split('\n').filter((text) => text !== '')) {
        yield before + line;
        before = ',\n';
      }
    }
  }
  yield before === ',\n' ? '\n]}\n' : '{"items":[]}\n';
}
