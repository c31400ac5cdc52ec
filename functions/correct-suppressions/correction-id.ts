import { hash } from 'node:crypto';
import type { Correction } from '../../lib/policy/correction.ts';
import { toIso } from '../../lib/policy/time.ts';

const ID = /^\d{8}T\d{6}Z-[A-Za-z0-9_-]{12}$/;

/**
 * The id of a correction: the beginning of its window, so that ids sort by time, and a hash of what it means. The same
 * correction has the same id, whoever asks for it and however often.
 */
export function correctionId({ from, to, reason, rule, domain, campaign }: Correction): string {
  const meant = hash('sha256', JSON.stringify([from, to, reason, rule, domain, campaign]), 'base64url');
  const beginning = toIso(from).replace(/[-:]|\.\d{3}/g, '');
  return `${beginning}-${meant.slice(0, 12)}`;
}

export function isCorrectionId(text: string): boolean {
  return ID.test(text);
}
