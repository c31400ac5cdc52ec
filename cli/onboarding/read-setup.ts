import type { SesClient } from './ses-client.ts';
import type { Fault, IdentitySetup, NotificationSetup, SesSetup, SetSetup } from './ses-setup.ts';

const IDENTITIES_PER_CALL = 100;

export interface ReadingOptions {
  /** Told how much there is to read, once that is known: one request a second. */
  readonly onCount: (requests: number) => void;
}

/** Reads something; answers null, and names what it was, where that fails. */
type Attempt = <T>(what: string, read: () => Promise<T>) => Promise<T | null>;
type Listed = Pick<IdentitySetup, 'name' | 'isVerified'>;

/** Reads all that matters of SES in one Region. What cannot be read is named, and does not stop the rest. */
export async function readSetup(ses: SesClient, { onCount }: ReadingOptions): Promise<SesSetup> {
  const faults: Fault[] = [];
  const attempt: Attempt = async (what, read) => {
    try {
      return await read();
    } catch (error) {
      faults.push({ what, error: wordsOf(error) });
      return null;
    }
  };
  const account = await attempt('the account', () => ses.readAccount());
  const listed = (await attempt('the list of identities', () => ses.listIdentities())) ?? [];
  const sets = (await attempt('the list of configuration sets', () => ses.listSets())) ?? [];
  onCount(Math.ceil(listed.length / IDENTITIES_PER_CALL) + listed.length + sets.length);
  const identities = await readIdentities(ses, listed, attempt);
  const configurationSets: SetSetup[] = [];
  for (const name of sets) {
    configurationSets.push(...asList(await attempt(`configuration set ${name}`, () => ses.readSet(name))));
  }
  return { region: ses.region, account, identities, configurationSets, faults };
}

async function readIdentities(
  ses: SesClient,
  listed: readonly Listed[],
  attempt: Attempt,
): Promise<readonly IdentitySetup[]> {
  const identities: IdentitySetup[] = [];
  for (let start = 0; start < listed.length; start += IDENTITIES_PER_CALL) {
    const some = listed.slice(start, start + IDENTITIES_PER_CALL);
    const names = some.map(({ name }) => name);
    const what = `the feedback of ${names.length} identities, ${names[0]} among them`;
    const notifications = await attempt(what, () => ses.readNotifications(names));
    if (notifications === null) continue;
    for (const one of some) {
      const read = () => readIdentity(ses, one, notifications.get(one.name));
      identities.push(...asList(await attempt(`identity ${one.name}`, read)));
    }
  }
  return identities;
}

async function readIdentity(
  ses: SesClient,
  listed: Listed,
  notifications: NotificationSetup | undefined,
): Promise<IdentitySetup> {
  if (notifications === undefined) throw new Error('SES lists it and says nothing of its feedback.');
  return { ...listed, ...notifications, defaultSet: await ses.readDefaultSet(listed.name) };
}

function asList<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}

/** What AWS said, with the name that it gave to the fault. */
export function wordsOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  return `${name}: ${message}${cause instanceof Error ? ` (${cause.name}: ${cause.message})` : ''}`;
}
