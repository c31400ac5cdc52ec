import type { Reason } from '../../client/index.ts';
import type { TextKey } from '../texts/translate.ts';
import type { Wording } from '../texts/wording.ts';

/** The row of the policy for a complaint that names several recipients. */
const SHARED_COMPLAINT_RULE = 'B17';

interface WordsOfReason {
  readonly name: string;
  readonly meaning: string;
  readonly advice: string;
}

/** A reason in plain words. A reason that the console has not heard of is shown by its code. */
export function wordsOf(reason: Reason, { t }: Wording, rule: string | null = null): WordsOfReason {
  const key = reason === 'complaint' && rule === SHARED_COMPLAINT_RULE ? 'shared_complaint' : reason;
  const text = (kind: string) => t(`${kind}.${key}` as TextKey);
  return { name: text('reason'), meaning: text('meaning'), advice: text('advice') };
}

export function nameOf(reason: Reason, wording: Wording): string {
  return wordsOf(reason, wording).name;
}
