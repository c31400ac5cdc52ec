/** A page of a list; without a cursor it is the last. */
export interface Page {
  readonly cursor?: string;
}

/** Every page of a list, one after the other: `pagesOf((cursor) => client.listSuppressions({ ...cursor }))`. */
export async function* pagesOf<P extends Page>(
  read: (position: { readonly cursor?: string }) => Promise<P>,
): AsyncGenerator<P, void, undefined> {
  let position: { readonly cursor?: string } = {};
  do {
    const page = await read(position);
    yield page;
    position = page.cursor === undefined ? {} : { cursor: page.cursor };
  } while (position.cursor !== undefined);
}
