import type { Wording } from '../../texts/wording.ts';

/** What speaks for an address, as it is kept with the unbounce. */
export const EVIDENCE_KINDS = ['replied', 'asked', 'signed_up', 'receiver_mended', 'other'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Other callers of the API use words of their own, which are shown as they are. */
export function evidenceKindText(kind: string, { t }: Wording): string {
  const known = EVIDENCE_KINDS.find((one) => one === kind);
  return known === undefined ? kind : t(`unbounce.kind.${known}`);
}
