/**
 * Runs the work for every member, so many at once. When it fails for one, no other is begun, and the failure is told
 * when those begun have ended.
 */
export async function eachOf<T>(
  members: Iterable<T>,
  atOnce: number,
  work: (member: T) => Promise<void>,
): Promise<void> {
  const rest = members[Symbol.iterator]();
  let hasFailed = false;
  const run = async () => {
    for (let next = rest.next(); next.done !== true && !hasFailed; next = rest.next()) {
      try {
        await work(next.value);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await allOf(Array.from({ length: atOnce }, run));
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
