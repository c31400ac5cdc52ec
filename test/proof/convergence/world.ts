import { DAY_IN_MS, HOUR_IN_MS, type Instant } from '../../../lib/policy/time.ts';

/** When everything has been told. */
export const NOW: Instant = Date.parse('2026-11-23T12:00:00Z');
/** When unbounces and releases come, between two halves of the log. */
export const LIFTED_AT: Instant = NOW - 30 * DAY_IN_MS;

/** Who sends and who is mailed in one log: names that no other log has. */
export interface World {
  /** The last one is the deployment's default account, which no identity and no item names. */
  readonly accounts: readonly string[];
  readonly addresses: readonly string[];
  readonly campaigns: readonly string[];
}

const REGISTERED = ['acme', 'bolt', 'crux'];
const PEOPLE = ['ada', 'bob+list', 'cleo', 'dan.b', 'eve', 'fay', 'gil', 'hal'];

export function createWorld(name: string, { people }: { readonly people: number }): World {
  const domain = `${name}.example.com`;
  return {
    accounts: [...REGISTERED, 'default'].map((id) => `${id}-${name}`),
    addresses: [
      ...PEOPLE.slice(0, people).map((person) => `${person}@${domain}`),
      `bounce+${name}@simulator.amazonses.com`,
    ],
    campaigns: ['spring', 'winter'].map((campaign) => `${campaign}-${name}`),
  };
}

export function defaultAccountOf({ accounts }: World): string {
  return accounts.at(-1) ?? '';
}

/** The domain from which an account sends. */
export function domainOf(account: string): string {
  return `${account}.example`;
}

export function isSimulator(address: string): boolean {
  return address.endsWith('@simulator.amazonses.com');
}

/** A moment so many days and hours before now. */
export function ago(days: number, hours: number): Instant {
  return NOW - days * DAY_IN_MS - hours * HOUR_IN_MS;
}
