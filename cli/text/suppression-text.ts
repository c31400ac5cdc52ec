import type { Bounce, Suppression } from '../../client/index.ts';
import { evidenceText, layersText, nameOf, quotaText } from './common.ts';
import { day, field, minute, wrap } from './layout.ts';

/** All that is known of an address, for people. */
export function suppressionText(suppression: Suppression, width: number): string {
  const { meaning, advice, standing, strikes, bounces, layers } = suppression;
  const put = (label: string, text: string | null) => (text === null ? [] : [field(label, text, width)]);
  return [
    ...wrap(headline(suppression), width),
    ...put('meaning', meaning),
    ...put('advice', advice),
    ...put('since', sinceOf(suppression)),
    ...put('reasons', standing.length > 1 ? standing.map(reasonOf).join(', ') : null),
    ...put(
      'strikes',
      strikes.length > 0 ? strikes.map((one) => `${one.day} ${one.reason}`).join(', ') : null,
    ),
    ...put('layers', layersText(layers)),
    ...unbounceTexts(suppression).map((text, at) => field(at === 0 ? 'unbounce' : '', text, width)),
    ...bounces.flatMap((bounce) => bounceLines(bounce, width)),
  ].join('\n');
}

function headline(suppression: Suppression): string {
  const { suppressed, reason, verdict, rule, erased } = suppression;
  const name = `${nameOf(suppression)}${erased ? ' (erased)' : ''}`;
  if (!suppressed) return `${name} may be mailed (${verdict})`;
  return `${name} is not sent to: ${reason ?? 'a layer above blocks'} (${rule === null ? verdict : `${verdict}, ${rule}`})`;
}

function sinceOf({ suppressedAt, until }: Suppression): string | null {
  const end = until === null ? 'until it is lifted' : `until ${minute(until)}`;
  return suppressedAt === null ? (until === null ? null : end) : `${minute(suppressedAt)}, ${end}`;
}

function reasonOf({ reason, rule, until }: Suppression['standing'][number]): string {
  return `${reason} (${rule}${until === null ? '' : `, until ${day(until)}`})`;
}

/** Nobody asks whether an address may be unbounced that may be mailed. */
function unbounceTexts({ suppressed, unbounce }: Suppression): string[] {
  const { allowed, refusals, granted, quota } = unbounce;
  const texts: string[] = [];
  if (granted !== null) {
    const { unbouncedAt, by, evidence } = granted;
    texts.push(`granted ${minute(unbouncedAt)} by ${by}; evidence: ${evidenceText(evidence)}`);
  }
  if (!suppressed) return texts;
  if (allowed) texts.push(`possible; ${quotaText(quota)}`);
  return [...texts, ...refusals.map(({ rule, code, message }) => `${rule} ${code}: ${message}`)];
}

function bounceLines(bounce: Bounce, width: number): string[] {
  const { bouncedAt, reason, permanence, status, campaign, diagnostic } = bounce;
  const facts = [reason, permanence, ...(status === null ? [] : [status]), `campaign ${campaign}`];
  const line = field('bounce', `${minute(bouncedAt)} ${facts.join(', ')}`, width);
  return diagnostic === null ? [line] : [line, field('', diagnostic, width)];
}
