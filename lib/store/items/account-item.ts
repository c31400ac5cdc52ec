import type { Account, SendingIdentity } from '../../policy/account.ts';
import { toIso } from '../../policy/time.ts';
import { type Item, ItemReader } from './item.ts';

/** The key of an account's settings. */
export function settingsKey(account: string): Item {
  return { account, item: 'settings' };
}

/** The key that says who owns a sending identity. `#` keeps it apart from every account's id. */
export function ownerKey(identity: string): Item {
  return { account: `identity#${identity}`, item: 'owner' };
}

/** The partition that lists every registered account. */
export const REGISTRY = '#accounts';

/** The key of an account on the list of all. */
export function registryKey(account: string): Item {
  return { account: REGISTRY, item: account };
}

export function readRegistryItem(item: Item): string {
  return new ItemReader(item, 'registered account').text('item');
}

export function readAccountItem(item: Item): Account {
  const reader = new ItemReader(item, 'account settings');
  return {
    id: reader.text('account'),
    version: reader.whole('v'),
    contacts: reader.wholeOrNull('contacts'),
    sendingIdentities: reader.list('sendingIdentities', readIdentity),
  };
}

/** The settings without key and version. */
export function writeAccountItem({ contacts, sendingIdentities }: Omit<Account, 'id' | 'version'>): Item {
  return {
    contacts: contacts ?? undefined,
    sendingIdentities: sendingIdentities.map(({ checkedAt, ...rest }) => ({
      ...rest,
      checkedAt: toIso(checkedAt),
    })),
  };
}

/** An owner item as (sending identity, account). */
export function readOwnerItem(item: Item): readonly [string, string] {
  const reader = new ItemReader(item, 'identity owner');
  return [reader.text('account').slice('identity#'.length), reader.text('owner')];
}

function readIdentity(reader: ItemReader): SendingIdentity {
  return {
    name: reader.text('name'),
    verification: reader.oneOf('verification', ['verified', 'unverified', 'not_checked']),
    checkedAt: reader.instant('checkedAt'),
  };
}
