import { isDeeperThan } from '../json-depth.ts';
import { ProblemError } from './problem.ts';

const MAX_DEPTH = 32;

/** A request's JSON (RFC 8259) as a value. Throws ProblemError for what is none, or nested too deep to be a request. */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, MAX_DEPTH)) {
    throw new ProblemError('invalid_request', `The body is nested more than ${MAX_DEPTH} levels deep.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('body_not_json', 'Send the body as JSON (RFC 8259) in UTF-8.');
  }
}
