import type { NotificationSetup, SesClient } from './ses-client.ts';
import type { Fault, IdentitySetup, SesSetup } from './ses-setup.ts';

const IDENTITIES_PER_CALL = 100;

export interface ReadingOptions {
  /** Told how much there is to read, once that is known: one request a second. */
  readonly onCount: (requests: number) => void;
}

/** Reads all that matters of SES in one Region. What cannot be read is named, and does not stop the rest. */
export async function readSetup(ses: SesClient, { onCount }: ReadingOptions): Promise<SesSetup> {
  const faults: Fault[] = [];
  const attempt = async <T>(what: string, read: () => Promise<T>): Promise<T | null> => {
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

  const notifications = new Map<string, NotificationSetup>();
  for (let start = 0; start < listed.length; start += IDENTITIES_PER_CALL) {
    const names = listed.slice(start, start + IDENTITIES_PER_CALL).map(({ name }) => name);
    const what = `the feedback of ${names.length} identities, ${names[0]} among them`;
    for (const [name, setup] of (await attempt(what, () => ses.readNotifications(names))) ?? []) {
      notifications.set(name, setup);
    }
  }
  const identities: IdentitySetup[] = [];
  for (const { name, isVerified } of listed) {
    const found = notifications.get(name);
    const read = async () => ({ defaultSet: await ses.readDefaultSet(name) });
    const rest = found && (await attempt(`identity ${name}`, read));
    if (found && rest) identities.push({ name, isVerified, ...found, ...rest });
  }
  const configurationSets = [];
  for (const name of sets) {
    const set = await attempt(`configuration set ${name}`, () => ses.readSet(name));
    if (set !== null) configurationSets.push(set);
  }
  return { region: ses.region, account, identities, configurationSets, faults };
}

/** What AWS said, with the name that it gave to the fault. */
export function wordsOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  return `${name}: ${message}${cause instanceof Error ? ` (${cause.name}: ${cause.message})` : ''}`;
}
