import { touchedBy } from './aws-requests.ts';
import type { AwsCall } from './aws-spy.ts';

/** Attributes of a status item that belong to one account each. */
const OF_ACCOUNT = /^[ad]#(.*)$/;

/**
 * Where a request of an account touched what is not its own; nothing when nowhere. Its own are items whose key names
 * it; status items are shared by design, and of them it may write no attribute of another account.
 */
export function strangersTouched(calls: readonly AwsCall[], account: string): string[] {
  return calls.flatMap(touchedBy).flatMap(({ action, table, key, names }) => {
    const isStatus = key['scope'] === 'status';
    const others = names.filter((name) => (OF_ACCOUNT.exec(name)?.[1] ?? account) !== account);
    const isOwn = isStatus ? others.length === 0 : isKeyOf(key, account);
    return isOwn ? [] : [`${action} ${table} ${JSON.stringify(key)} ${others.join()}`];
  });
}

function isKeyOf({ account, campaignShard, scope }: Readonly<Record<string, string>>, own: string): boolean {
  if (account !== undefined) return [own, `#corrections#${own}`].includes(account);
  if (campaignShard !== undefined) return campaignShard === own || campaignShard.startsWith(`${own}#`);
  return scope === `account#${own}`;
}
