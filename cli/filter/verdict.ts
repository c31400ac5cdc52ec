import type { FilterAnswer, NotSent } from '../../client/contract.ts';

/** Whether to mail a row. */
export type Verdict = 'send' | Hold;

/** Why a row is not sent to, and what stands in the way of its unbounce for the account as a whole. */
export interface Hold extends Omit<NotSent, 'recipient' | 'address'> {
  readonly accountRefusals: FilterAnswer['unbounce']['refusals'];
}

const INPUT = { layer: 'input', until: null, bounce: null, unbounce: null, accountRefusals: [] } as const;

/** The address stands further up in the list. */
export const DUPLICATE: Hold = { code: 'duplicate', rule: 'P7', ...INPUT };

/** The text is too long for an address, and may be for a call. */
export const TOO_LONG: Hold = { code: 'invalid_address', rule: 'P6', ...INPUT };
