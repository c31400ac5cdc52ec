/** Runs the work for every member, so many at once. */
export async function eachOf<T>(
  members: Iterable<T>,
  atOnce: number,
  work: (member: T) => Promise<void>,
): Promise<void> {
  const rest = members[Symbol.iterator]();
  const run = async () => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) {
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

/**
 * What all of them come to. When one fails it fails too, but not before the others have ended: Lambda freezes what still
 * runs behind an answer, and thaws it in the middle of another call.
 */
export async function allOf<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [Member in keyof T]: Awaited<T[Member]> }> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}
