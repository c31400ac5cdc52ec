/** Works on as many items at once as the limit says, and yields what comes of them in their order. */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Its turn to be awaited may never come.
    result.catch(() => undefined);
    running.push(result);
    if (running.length >= limit) yield (await running.shift()) as Result;
  }
  while (running.length > 0) yield (await running.shift()) as Result;
}
