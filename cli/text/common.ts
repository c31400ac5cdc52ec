import type { Layers, Quota, StoredEvidence } from '../../client/index.ts';
import { whole } from '../quantities.ts';

/** `23 of 24 left in 2026-11`. */
export function quotaText({ remaining, limit, month }: Omit<Quota, 'resetsAt'>): string {
  return `${whole(remaining)} of ${whole(limit)} left in ${month}`;
}

/** `own blocked, global clear`. */
export function layersText(layers: Partial<Layers>): string {
  return Object.entries(layers)
    .map(([layer, state]) => `${layer} ${state}`)
    .join(', ');
}

export function evidenceText(evidence: StoredEvidence): string {
  if (evidence === null) return 'none given';
  return evidence.note === '' ? evidence.kind : `${evidence.kind}: ${evidence.note}`;
}

/** The address, or the id where the address is not known or was erased. */
export function nameOf({ id, address }: { readonly id: string; readonly address: string | null }): string {
  return address ?? id;
}
