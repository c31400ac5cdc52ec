/** One entry of a suppression list, as SES keeps it. */
export interface StubEntry {
  /** Spelled as it was sent to: SES keeps the case, and asks for exactly this one. */
  readonly address: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** Milliseconds since the epoch. */
  readonly listedAt: number;
}

/** Which list: an account has one in each Region, and a tenant may have one of its own. */
export interface StubListName {
  readonly region: string;
  readonly tenant: string | null;
}

/** The suppression lists of one AWS account. */
export interface StubLists {
  put(list: StubListName, entry: StubEntry): void;
  find(list: StubListName, address: string): StubEntry | undefined;
  /** False when it was not there. */
  remove(list: StubListName, address: string): boolean;
  /** In a fixed order, which later entries do not disturb. */
  all(list: StubListName): readonly StubEntry[];
}

export function createStubLists(): StubLists {
  const lists = new Map<string, Map<string, StubEntry>>();
  const listOf = ({ region, tenant }: StubListName) => {
    const name = JSON.stringify([region, tenant]);
    const list = lists.get(name) ?? new Map<string, StubEntry>();
    lists.set(name, list);
    return list;
  };
  return {
    put: (name, entry) => void listOf(name).set(entry.address, entry),
    find: (name, address) => listOf(name).get(address),
    remove: (name, address) => listOf(name).delete(address),
    all: (name) => [...listOf(name).values()].sort((a, b) => (a.address < b.address ? -1 : 1)),
  };
}
