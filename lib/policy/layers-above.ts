import type { AddressStatus } from './address-status.ts';
import type { Layer } from './layer.ts';
import { MARK_LASTS_IN_DAYS } from './ses-layers.ts';
import type { Instant } from './time.ts';
import { blockingSesLayers, type VerdictQuestion } from './verdict.ts';

/** What blocks an address besides the account's own suppression. */
export interface LayerAbove {
  readonly layer: Exclude<Layer, 'own' | 'input'>;
  /** `pending` while SES has not confirmed a removal. */
  readonly state: 'blocked' | 'pending';
  /** When it ends by itself; null when it does not. */
  readonly until: Instant | null;
  readonly meaning: string;
  readonly advice: string;
}

type Words = Pick<LayerAbove, 'meaning' | 'advice'>;

const GLOBAL: Words = {
  meaning: 'Several accounts found the mailbox dead.',
  advice: 'Ask the contact for another address; the operator alone can release this one.',
};
const PENDING: Words = {
  meaning: "SES is being asked to take the address off its account's list.",
  advice: 'Wait until SES has confirmed it.',
};
const SES: Readonly<Record<'sesAccountList' | 'sesGlobalList' | 'sesValidation', Words>> = {
  sesAccountList: {
    meaning: "SES's list for this AWS account holds the address, after a hard bounce.",
    advice: 'Unbounce the address when the contact confirms that it is valid.',
  },
  sesGlobalList: {
    meaning: "SES's list for all of its customers held the address.",
    advice: `Nobody can lift it; it ends by itself, ${MARK_LASTS_IN_DAYS.sesGlobalList} days after SES said so.`,
  },
  sesValidation: {
    meaning: 'SES took the address for invalid and did not send to it.',
    advice: `Unbounce the address when the contact confirms that it is valid; else it ends by itself, ${MARK_LASTS_IN_DAYS.sesValidation} days after SES said so.`,
  },
};
const COMPLAINT: Words = {
  meaning: "SES's list for this AWS account holds the address, after a complaint.",
  advice: 'Do not mail this person again.',
};

/** Every layer above the account that blocks, in the order in which verdicts name them, each with what can be done. */
export function layersAbove(status: AddressStatus, question: VerdictQuestion): readonly LayerAbove[] {
  const ses = blockingSesLayers(status, question).map(({ layer, state, until, listedFor }): LayerAbove => {
    if (state === 'pending') {
      return { layer, state, until, ...PENDING };
    }
    const isComplaint = layer === 'sesAccountList' && listedFor === 'complaint';
    return { layer, state: 'blocked', until, ...(isComplaint ? COMPLAINT : SES[layer]) };
  });
  const global = { layer: 'global', state: 'blocked', until: null, ...GLOBAL } as const;
  return status.global === null ? ses : [global, ...ses];
}
