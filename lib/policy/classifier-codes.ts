import type { BounceEvidence } from './bounce.ts';
import type { Permanence } from './reason.ts';

const REPLY_CODE = /(?:^|[\s;:<("'#])([45])\d\d(?=[\s<(:;,.-]|$)/;
const STATUS_CODE = /(?<![\d.])([45])\.(\d{1,3}\.\d{1,3})(?!\.?\d)/;
/** X.0.0 carries a class and nothing else. */
const UNDEFINED_STATUS = '0.0';

/** Permanent or transient: the class of the reply code, else of the status code, else SES's own type. */
export function permanenceOf(evidence: BounceEvidence, text: string): Permanence {
  const replied =
    REPLY_CODE.exec(text)?.[1] ?? STATUS_CODE.exec(text)?.[1] ?? STATUS_CODE.exec(evidence.status ?? '')?.[1];
  if (replied !== undefined) return replied === '5' ? 'permanent' : 'transient';
  return evidence.bounceType?.toLowerCase() === 'permanent' ? 'permanent' : 'transient';
}

/** The enhanced status codes without their class (`1.1`), the receiving server's own words first. */
export function statusesOf(evidence: BounceEvidence, text: string): readonly string[] {
  const found = [text, evidence.status ?? ''].map((source) => STATUS_CODE.exec(source)?.[2]);
  return found.filter((status) => status !== undefined && status !== UNDEFINED_STATUS) as string[];
}
