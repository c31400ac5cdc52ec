export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Answers in turn, and the last for ever. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** JSON, or text that is answered as it is. */
  readonly body?: unknown;
}

/** A `fetch` that answers as told and keeps what it was sent. */
export function createFakeFetch(...answers: readonly FakeAnswer[]) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const { method = 'GET', headers, body } = init;
    sent.push({
      method,
      url: String(input),
      headers: headers as Record<string, string>,
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    });
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    return new Response(text, {
      status: answer.status ?? 200,
      headers: { 'content-type': 'application/json', ...answer.headers },
    });
  };
  return { fetch, sent };
}

/** A problem document as an answer. */
export function problemAnswer(
  problem: { readonly status: number; readonly code: string } & Record<string, unknown>,
  headers: Record<string, string> = {},
): FakeAnswer {
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: `urn:rebound:problem:${problem.code}`, title: 'A title', detail: 'Do this.', ...problem },
  };
}
