import type { SesLayer } from '../policy/layer.ts';
import type { BounceNotification } from './notification.ts';

/** What SES said that a metric should show: it could not tell, or it used a word that we do not know. */
export type Remark = 'undetermined' | 'unknown_type' | 'unknown_subtype';

/** Source: Amazon SES Developer Guide, "Bounce types". */
const TYPES = new Map([
  ['permanent', 'Permanent'],
  ['transient', 'Transient'],
  ['undetermined', 'Undetermined'],
]);
const SUBTYPES = new Set([
  'general',
  'noemail',
  'suppressed',
  'onaccountsuppressionlist',
  'ontenantsuppressionlist',
  'emailvalidationsuppressed',
  'unsubscribedrecipient',
  'mailboxfull',
  'messagetoolarge',
  'customtimeoutexceeded',
  'contentrejected',
  'attachmentrejected',
]);
const ECHOED_LAYERS = new Map<string, SesLayer>([
  ['suppressed', 'sesGlobalList'],
  ['onaccountsuppressionlist', 'sesAccountList'],
  ['ontenantsuppressionlist', 'sesAccountList'],
  ['emailvalidationsuppressed', 'sesValidation'],
]);

type Typed = Pick<BounceNotification, 'bounceType' | 'bounceSubType'>;

/** The layer of which a subtype, of a bounce or a complaint, is an echo; null when it is none. */
export function echoedLayer(subType: string | null): SesLayer | null {
  return ECHOED_LAYERS.get(fold(subType)) ?? null;
}

export function isTenantEcho(subType: string | null): boolean {
  return fold(subType) === 'ontenantsuppressionlist';
}

/** Whether a type or subtype of SES is this one, in whatever case. */
export function isNamed(reported: string | null, name: string): boolean {
  return fold(reported) === fold(name);
}

export function remarksOn({ bounceType, bounceSubType }: Typed): readonly Remark[] {
  if (isNamed(bounceType, 'Undetermined') || isNamed(bounceSubType, 'Undetermined')) return ['undetermined'];
  if (!TYPES.has(fold(bounceType))) return ['unknown_type'];
  return SUBTYPES.has(fold(bounceSubType)) ? [] : ['unknown_subtype'];
}

/** SES's type as evidence: what came with an unknown word says as little as `Undetermined`. */
export function typeAsEvidence(bounce: Typed): string {
  return remarksOn(bounce).length > 0
    ? 'Undetermined'
    : (TYPES.get(fold(bounce.bounceType)) ?? 'Undetermined');
}

function fold(name: string | null): string {
  return (name ?? '').toLowerCase();
}
