const AT_ONCE = 100;

/** Gathers members and hands them on a hundred at a time: what one request asks of DynamoDB. */
export function inHundreds<T>(handOn: (members: readonly T[]) => Promise<void>) {
  let gathered: T[] = [];
  const finish = async () => {
    const members = gathered;
    gathered = [];
    if (members.length > 0) await handOn(members);
  };
  return {
    async add(member: T): Promise<void> {
      gathered.push(member);
      if (gathered.length === AT_ONCE) await finish();
    },
    /** Hands on the rest. */
    finish,
  };
}
