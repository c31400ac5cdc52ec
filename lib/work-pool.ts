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
