import type { Erasure, GlobalBounce } from '../../client/index.ts';
import { whole } from '../quantities.ts';
import { layersText, nameOf } from './common.ts';
import { field, minute, wrap } from './layout.ts';

/** What all accounts share of an address, for people. */
export function globalBounceText(known: GlobalBounce, width: number): string {
  const { global, accounts, reports, reportingAccounts, layers, releases, erased } = known;
  const name = `${nameOf(known)}${erased ? ' (erased)' : ''}`;
  const headline =
    global === null
      ? `${name} is no global bounce.`
      : `${name} is not sent to by any account since ${minute(global.declaredAt)} (${global.rule}).`;
  const unnamed = reportingAccounts - reports.length;
  const texts = reports.map(({ account, days }) => `${account} on ${days.join(', ')}`);
  return [
    ...wrap(headline, width),
    field('known to', accounts === 1 ? '1 account' : `${whole(accounts)} accounts`, width),
    ...labelled('called dead', texts.length === 0 ? ['by nobody'] : texts, width),
    ...(unnamed > 0 ? [field('', `and ${whole(unnamed)} accounts more`, width)] : []),
    field('layers', layersText(layers), width),
    ...labelled('released', releases.map(releaseText), width),
  ].join('\n');
}

/** What a release has come to. */
export function releasedText(released: GlobalBounce, width: number): string {
  return ['Released.', globalBounceText(released, width)].join('\n');
}

/** What an erasure has done, without the address. */
export function erasedText({ id, accounts, erasedAt }: Erasure, width: number): string {
  const where = accounts === 1 ? '1 account' : `${whole(accounts)} accounts`;
  return [
    ...wrap(`Erased in ${where}; what blocks the address goes on to do so.`, width),
    field('id', id, width),
    field('when', minute(erasedAt), width),
  ].join('\n');
}

function releaseText({ releasedAt, by, reason, account }: GlobalBounce['releases'][number]): string {
  const whom = account === null ? '' : ` for ${account} too`;
  return `${minute(releasedAt)}${whom} by ${by}: ${reason ?? 'erased'}`;
}

function labelled(label: string, texts: readonly string[], width: number): string[] {
  return texts.map((text, at) => field(at === 0 ? label : '', text, width));
}
