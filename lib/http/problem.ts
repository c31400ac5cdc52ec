/** What a route answers: something that JSON can say, or a text as it is. */
export type Answer = JsonAnswer | TextAnswer;

interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface JsonAnswer extends AnswerHead {
  /** Anything that JSON can say. */
  readonly body: unknown;
}

export interface TextAnswer extends AnswerHead {
  readonly text: string;
  readonly contentType: string;
}

/** Every problem that Rebound answers with. Clients go by the code: none is renamed, none changes its status. */
export const PROBLEMS = {
  body_not_json: { status: 400, title: 'The body is not JSON' },
  body_too_large: { status: 413, title: 'The body is too large' },
  too_many_recipients: { status: 413, title: 'Too many recipients in one call' },
  split_the_call: { status: 413, title: 'The answer would be too large' },
  invalid_request: { status: 400, title: 'The request is not as expected' },
  invalid_account_id: { status: 400, title: 'This is no account id' },
  invalid_address: { status: 400, title: 'This is no address' },
  invalid_campaign: { status: 400, title: 'This is no campaign id' },
  invalid_cursor: { status: 400, title: 'The cursor does not belong to this list' },
  identity_taken: { status: 409, title: 'A sending identity belongs to another account' },
  unknown_account: { status: 404, title: 'The account is not registered' },
  unknown_campaign: { status: 404, title: 'The campaign is not known' },
  not_acceptable: { status: 406, title: 'There is no answer in this format' },
  not_found: { status: 404, title: 'There is no such route' },
  no_identity: { status: 403, title: 'The caller is not known' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  one_address_only: { status: 400, title: 'One address a request' },
  confirmation_required: { status: 400, title: 'The address must be confirmed' },
  not_suppressed: { status: 404, title: 'The address is not suppressed' },
  global_bounce: { status: 409, title: 'The address is a global bounce' },
  reason_not_unbounceable: { status: 409, title: 'The reason cannot be unbounced' },
  already_unbounced_once: { status: 409, title: 'The address had its one unbounce' },
  sending_identity_not_connected: { status: 409, title: 'No sending identity is connected' },
  quota_exhausted: { status: 429, title: "The month's unbounces are used up" },
  try_again: { status: 503, title: 'Rebound is not available for a moment' },
  internal: { status: 500, title: 'Something went wrong in Rebound' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemExtras {
  readonly headers?: Readonly<Record<string, string>>;
  /** Members beside those of every problem: `rule`, `refusals`, `resetsAt`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/**
 * The answer that says what is wrong. `detail` is a sentence or two that say what to do.
 * RFC 9457 section 3.
 */
export function problem(
  code: ProblemCode,
  detail: string,
  { headers, members }: ProblemExtras = {},
): JsonAnswer {
  const { status, title } = PROBLEMS[code];
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: `urn:rebound:problem:${code}`, title, status, detail, code, ...members },
  };
}

/** Ends a request with a problem from wherever it is being read. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly answer: JsonAnswer;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.answer = problem(code, detail, extras);
  }
}

/** The header that says when to come back. Whole seconds, at least one. */
export function retryAfter(seconds: number): Readonly<Record<string, string>> {
  return { 'retry-after': String(Math.max(1, Math.ceil(seconds))) };
}
