import { ProblemError } from './problem.ts';

const MAX_DEPTH = 32;

/** A request's JSON (RFC 8259) as a value. Throws ProblemError for what is none, or nested too deep to be a request. */
export function parseJson(text: string): unknown {
  if (hasManyBrackets(text) && depthOf(text) > MAX_DEPTH) {
    throw new ProblemError('invalid_request', `The body is nested more than ${MAX_DEPTH} levels deep.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('body_not_json', 'Send the body as JSON (RFC 8259) in UTF-8.');
  }
}

/** A text with few opening brackets is not nested deep, and that is told much faster. */
function hasManyBrackets(text: string): boolean {
  let found = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      found += 1;
      if (found > MAX_DEPTH) return true;
    }
  }
  return false;
}

/** The deepest nesting of brackets outside strings, as far as it matters: counting stops beyond the limit. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length && deepest <= MAX_DEPTH; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
