import type { FilterAnswer } from '../../client/contract.ts';
import type { BatchRow } from './batches.ts';
import type { Row } from './list.ts';
import type { Verdict } from './verdict.ts';

/** One call of the filter. Rejects with an error whose `status` is 413 when the call is too large. */
export type FilterCall = (recipients: readonly string[]) => Promise<Answer>;

export type Answer = Pick<FilterAnswer, 'send' | 'notSent' | 'unbounce'>;

export interface JudgedRow extends Row {
  readonly verdict: Verdict;
}

/** An answer does not say of every recipient whether to mail it, so none of it is used. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

const NOBODY: Answer = { send: [], notSent: [], unbounce: { refusals: [] } };

/** The rows with a verdict each. What is too large for one call is asked in halves. Throws AnswerError. */
export async function judge(rows: readonly BatchRow[], call: FilterCall): Promise<readonly JudgedRow[]> {
  const asked = rows.flatMap(({ known, recipient }) => (known === null ? [recipient] : []));
  try {
    return verdictsIn(asked.length === 0 ? NOBODY : await call(asked), rows);
  } catch (error) {
    if (asked.length === 1 || !isTooLarge(error)) throw error;
  }
  const middle = Math.ceil(rows.length / 2);
  const first = await judge(rows.slice(0, middle), call);
  return [...first, ...(await judge(rows.slice(middle), call))];
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 413;
}

/** Both lists of an answer keep the order of the call; of equal recipients the first is sent and the others are not. */
function verdictsIn(answer: Answer, rows: readonly BatchRow[]): JudgedRow[] {
  const accountRefusals = answer.unbounce.refusals;
  let sent = 0;
  let held = 0;
  const judged = rows.map((row): JudgedRow => {
    if (row.known !== null) return { ...row, verdict: row.known };
    if (answer.send[sent] === row.recipient) {
      sent += 1;
      return { ...row, verdict: 'send' };
    }
    const notSent = answer.notSent[held];
    if (notSent?.recipient !== row.recipient) throw incomplete();
    held += 1;
    return { ...row, verdict: { ...notSent, accountRefusals } };
  });
  if (sent < answer.send.length || held < answer.notSent.length) throw incomplete();
  return judged;
}

function incomplete(): AnswerError {
  return new AnswerError('The answer does not account for every recipient. Is this the API of Rebound?');
}
