import type { AddressStatus, StandingMark } from './address-status.ts';
import { type Layer, SES_LAYERS, type SesLayer } from './layer.ts';
import { SIMULATOR_RULE } from './policy-table.ts';
import { type LayerReading, readLayer } from './ses-layers.ts';
import { lastEnd, unexpired } from './standing.ts';
import type { Instant } from './time.ts';

/** The answer for one recipient before a send. */
export type Verdict = Send | NotSent;

export interface Send {
  readonly rule: 'P1';
}

export interface NotSent {
  readonly rule: 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8';
  readonly code: VerdictCode;
  readonly layer: Layer;
  /** When the block ends by itself; null when it does not. */
  readonly until: Instant | null;
  /** The account's standing reason that decided; null when a layer above did, or the input. */
  readonly standing: StandingMark | null;
}

export type VerdictCode =
  | 'hard_bounce'
  | 'complaint'
  | 'global_bounce'
  | 'ses_suppressed'
  | 'invalid_address'
  | 'duplicate'
  | 'repeated_soft_bounces';

export const SEND: Send = { rule: 'P1' };
export const INVALID_ADDRESS: NotSent = inputVerdict('P6', 'invalid_address');
export const DUPLICATE: NotSent = inputVerdict('P7', 'duplicate');

export interface VerdictQuestion {
  readonly account: string;
  readonly now: Instant;
}

/**
 * The verdict for an address by its status item alone; `null` when nothing was ever recorded of it.
 * The first that holds decides: global bounce, complaint, hard bounce, repeated soft bounces, SES's layers.
 */
export function verdictOf(status: AddressStatus | null, { account, now }: VerdictQuestion): Verdict {
  if (status === null) {
    return SEND;
  }
  if (status.global !== null) {
    return { rule: 'P4', code: 'global_bounce', layer: 'global', until: null, standing: null };
  }
  return ownVerdict(status, { account, now }) ?? sesVerdict(status, { account, now }) ?? SEND;
}

/** SES's layers that block an address for an account, or will until SES confirms a removal. */
export function blockingSesLayers(
  status: AddressStatus,
  question: VerdictQuestion,
): readonly (LayerReading & { readonly layer: SesLayer })[] {
  return SES_LAYERS.map((layer) => ({ layer, ...readLayer(status.ses, { layer, ...question }) })).filter(
    ({ state }) => state === 'blocked' || state === 'pending',
  );
}

function ownVerdict(status: AddressStatus, { account, now }: VerdictQuestion): NotSent | null {
  const standing = unexpired(status.suppressedBy.get(account) ?? [], now);
  const until = lastEnd(standing);
  const complaint = standing.find(({ key }) => key === 'complaint' || key === 'shared_complaint');
  if (complaint !== undefined) {
    return { rule: 'P3', code: 'complaint', layer: 'own', until, standing: complaint };
  }
  const hard = standing.find(({ rule, until }) => until === null || rule === SIMULATOR_RULE);
  if (hard !== undefined) {
    return { rule: 'P2', code: 'hard_bounce', layer: 'own', until, standing: hard };
  }
  const [soft] = standing;
  return soft === undefined
    ? null
    : { rule: 'P8', code: 'repeated_soft_bounces', layer: 'own', until, standing: soft };
}

function sesVerdict(status: AddressStatus, question: VerdictQuestion): NotSent | null {
  const last = blockingSesLayers(status, question).reduce<
    ReturnType<typeof blockingSesLayers>[number] | null
  >((latest, layer) => (latest === null || endOf(layer) > endOf(latest) ? layer : latest), null);
  return last === null
    ? null
    : { rule: 'P5', code: 'ses_suppressed', layer: last.layer, until: last.until, standing: null };
}

function endOf({ until }: LayerReading): number {
  return until ?? Number.POSITIVE_INFINITY;
}

function inputVerdict(rule: 'P6' | 'P7', code: VerdictCode): NotSent {
  return { rule, code, layer: 'input', until: null, standing: null };
}
