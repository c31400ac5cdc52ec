import type { LayerState, SesLayer, SesMark } from './layer.ts';
import { DAY_IN_MS, HOUR_IN_MS, type Instant } from './time.ts';

/** How long SES's own decisions last; SES tells no end, so these are Rebound's. `null`: until removed. */
export const MARK_LASTS_IN_DAYS: Readonly<Record<SesLayer, number | null>> = {
  sesAccountList: null,
  sesGlobalList: 14,
  sesValidation: 30,
};

/** The request to take an address off SES's account list. */
export interface Removal {
  /** Covers what SES listed, and echoes of mail sent, until then; once confirmed, until SES was asked. */
  readonly requestedAt: Instant;
  /** `not_asked` where nobody could ask SES: the mark is lifted and nobody knows what SES holds. */
  readonly state: 'pending' | 'confirmed' | 'not_asked';
}

/** The newest mark and the newest removal of one SES layer. */
export interface SesLayerFacts {
  readonly mark: SesLayerMark | null;
  readonly removal: Removal | null;
  /** Accounts for which an unbounce lifted the layer, each with its time. */
  readonly liftedFor: ReadonlyMap<string, Instant>;
  /** SES tenants whose own lists may hold the address, sorted. */
  readonly tenants: readonly string[];
}

export interface SesLayerMark extends Omit<SesMark, 'layer'> {
  readonly until: Instant | null;
}

export type SesFacts = Readonly<Partial<Record<SesLayer, SesLayerFacts>>>;

const REMOVAL_READS: Readonly<Record<Removal['state'], LayerState>> = {
  pending: 'pending',
  confirmed: 'clear',
  not_asked: 'unknown',
};

export const NO_LAYER_FACTS: SesLayerFacts = { mark: null, removal: null, liftedFor: new Map(), tenants: [] };

/** How one SES layer stands for one account. */
export interface LayerReading {
  readonly state: LayerState;
  readonly until: Instant | null;
  readonly listedFor: 'bounce' | 'complaint' | null;
}

/** The facts with one more mark; the very same object when it is not newer than what is known. */
export function addMark(ses: SesFacts, mark: SesMark, { isSimulator }: { isSimulator: boolean }): SesFacts {
  const { layer, ...rest } = mark;
  const facts = ses[layer] ?? NO_LAYER_FACTS;
  if (facts.mark !== null && compareMarks(rest, facts.mark) <= 0) {
    return ses;
  }
  return { ...ses, [layer]: { ...facts, mark: { ...rest, until: endOf(mark, isSimulator) } } };
}

/** How a layer stands for an account at a moment. Without SES only a mark can tell anything. */
export function readLayer(
  ses: SesFacts,
  { layer, account, now }: { layer: SesLayer; account: string; now: Instant },
): LayerReading {
  const facts = ses[layer] ?? NO_LAYER_FACTS;
  const { mark, liftedFor } = facts;
  const removal = removalInForce(facts);
  const liftedAt = Math.max(removal?.requestedAt ?? -1, liftedFor.get(account) ?? -1);
  const isBlocked =
    mark !== null && Math.min(sentAt(mark), now) > liftedAt && (mark.until === null || mark.until > now);
  if (isBlocked) {
    return { state: 'blocked', until: mark.until, listedFor: mark.listedFor };
  }
  return { state: REMOVAL_READS[removal?.state ?? 'not_asked'], until: null, listedFor: null };
}

/**
 * The removal that holds. Where one was asked for, an echo of mail sent after it means that the list still holds the
 * address: it is asked for again, as of that mail, and does not block. What SES listed for a complaint stays listed.
 */
export function removalInForce({ mark, removal }: SesLayerFacts): Removal | null {
  const isStillListed =
    mark !== null &&
    removal !== null &&
    removal.state !== 'not_asked' &&
    mark.listedFor === 'bounce' &&
    mark.until === null &&
    sentAt(mark) > removal.requestedAt;
  return isStillListed ? { requestedAt: sentAt(mark), state: 'pending' } : removal;
}

function endOf({ layer, markedAt, sentAt }: SesMark, isSimulator: boolean): Instant | null {
  const from = markedAt ?? sentAt ?? 0;
  if (isSimulator) {
    return from + HOUR_IN_MS;
  }
  const days = MARK_LASTS_IN_DAYS[layer];
  return days === null ? null : from + days * DAY_IN_MS;
}

function sentAt(mark: { readonly sentAt: Instant | null }): Instant {
  return Math.max(mark.sentAt ?? 0, 0);
}

function compareMarks(a: Omit<SesMark, 'layer'>, b: Omit<SesMark, 'layer'>): number {
  return (
    sentAt(a) - sentAt(b) ||
    (a.markedAt ?? 0) - (b.markedAt ?? 0) ||
    Number(a.listedFor === 'complaint') - Number(b.listedFor === 'complaint')
  );
}
