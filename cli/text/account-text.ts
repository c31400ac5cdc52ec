import type { Account, AccountQuota, Unbounced } from '../../client/index.ts';
import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';
import { evidenceText, layersText, quotaText } from './common.ts';
import { field, minute, wrap } from './layout.ts';

export function accountText(account: Account, width: number): string {
  const { contacts, sendingIdentities, unbounceQuota } = account;
  const identities = sendingIdentities.map(
    ({ name, verification, checkedAt }) =>
      `${name} (${verification.replace('_', ' ')}, ${minute(checkedAt)})`,
  );
  return [
    printable(account.account),
    field('contacts', contacts === null ? 'not said, which counts as 0' : whole(contacts), width),
    ...(identities.length === 0 ? ['none'] : identities).map((identity, at) =>
      field(at === 0 ? 'identities' : '', identity, width),
    ),
    field('unbounces', quotaText(unbounceQuota), width),
  ].join('\n');
}

export function accountQuotaText(quota: AccountQuota, width: number): string {
  const { contacts } = quota;
  const source = contacts === null ? 'no contacts, as nobody has said' : `${whole(contacts)} contacts`;
  return wrap(`Unbounces: ${quotaText(quota)}. Counted from ${source}.`, width).join('\n');
}

/** What an unbounce has come to, for the address as it was asked for. */
export function unbouncedText(
  unbounced: Unbounced,
  { asked, width }: { readonly asked: string; readonly width: number },
): string {
  const { address, unbouncedAt, by, evidence, quota, layers, identityCheck } = unbounced;
  return [
    ...wrap(`${address ?? asked} may be mailed again; its one unbounce is used.`, width),
    field('when', `${minute(unbouncedAt)} by ${by}`, width),
    field('evidence', evidenceText(evidence), width),
    field('layers', layersText(layers), width),
    field('unbounces', quotaText(quota), width),
    ...(identityCheck === 'not_checked'
      ? [field('identity', 'not checked, as no SES is configured', width)]
      : []),
  ].join('\n');
}
