import type { BounceEvidence } from './bounce.ts';
import type { Permanence } from './reason.ts';

/** Where codes stand in what servers write; strangers' texts meet these, so each runs in linear time. */
export const CODE_PATTERNS = {
  /** A reply stands at the beginning, behind punctuation (`said: 550 no`), or before its status code. */
  reply: /(?:^|[;:<>("'#] ?)([45])\d\d(?=[ <(:;,.-]|$)|\b([45])\d\d[ -]#?[45]\.\d{1,3}\./,
  /** An enhanced status code, not four numbers of an IP address. */
  status: /(?<![\d.])([45])\.(\d{1,3}\.\d{1,3})(?!\.?\d)/,
  /** Queues quote the last reply: `554 4.4.7 Message expired: ... <452-4.2.2 ...>`, `expired -> 452 ...`. */
  expiredAroundReply: /\bexpired\b[^<>]{0,200}(?:<|-> ?)([45]\d\d[ -][^>]{1,2000})/,
} as const satisfies Record<string, RegExp>;

/** X.0.0 carries a class and nothing else. */
const UNDEFINED_STATUS = '0.0';

/** Permanent or transient: the class of the reply code, else of the status code, else SES's own type. */
export function permanenceOf(evidence: BounceEvidence, text: string): Permanence {
  const { reply, status } = CODE_PATTERNS;
  const replied = reply.exec(text);
  const said =
    replied?.[1] ?? replied?.[2] ?? status.exec(text)?.[1] ?? status.exec(evidence.status ?? '')?.[1];
  if (said !== undefined) return said === '5' ? 'permanent' : 'transient';
  return evidence.bounceType?.toLowerCase() === 'permanent' ? 'permanent' : 'transient';
}

/** The enhanced status codes without their class (`1.1`), the receiving server's own words first. */
export function statusesOf(evidence: BounceEvidence, text: string): readonly string[] {
  const found = [text, evidence.status ?? ''].map((source) => CODE_PATTERNS.status.exec(source)?.[2]);
  return found.filter((status) => status !== undefined && status !== UNDEFINED_STATUS) as string[];
}

/** The last reply inside of an expired message's diagnostic; null when none is quoted. */
export function replyBeforeExpiry(diagnostic: string): string | null {
  return CODE_PATTERNS.expiredAroundReply.exec(diagnostic)?.[1] ?? null;
}
