import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BounceEvidence } from '../../lib/policy/bounce.ts';

/** One line of `classify-cases/*.txt`. */
export interface ClassifyCase {
  readonly file: string;
  readonly who: string;
  readonly reason: string;
  readonly rule: string;
  readonly text: string;
}

const FOLDER = path.join(import.meta.dirname, 'classify-cases');

export const CLASSIFY_CASES: readonly ClassifyCase[] = readdirSync(FOLDER).flatMap((name) =>
  readFileSync(path.join(FOLDER, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => toCase(name.replace('.txt', ''), line)),
);

/** What SES reports of most hard bounces: nothing but the server's words. */
export function said(diagnosticCode: string, more: Partial<BounceEvidence> = {}): BounceEvidence {
  return {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    status: null,
    action: 'failed',
    diagnosticCode: `smtp; ${diagnosticCode}`,
    ...more,
  };
}

function toCase(file: string, line: string): ClassifyCase {
  const [who = '', reason = '', rule = '', ...text] = line.split(' | ');
  return { file, who, reason, rule, text: text.join(' | ') };
}
