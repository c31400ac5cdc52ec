import { type ProblemBody, ReboundGatewayError, ReboundProblemError } from './errors.ts';

/** A page of a list as text, and where the next one is; null after the last. */
export interface TextPage {
  readonly text: string;
  readonly cursor: string | null;
}

/** The body of a good answer. Throws ReboundProblemError or ReboundGatewayError for any other. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parseJson(text);
  if (!response.ok || body === undefined) throw failureOf(response, body);
  return body;
}

/** A page in the format that was asked for. Throws as `readJson` does. */
export async function readTextPage(response: Response, type: string): Promise<TextPage> {
  const text = await response.text();
  if (!response.ok || !typeOf(response).startsWith(type)) throw failureOf(response, parseJson(text));
  return { text, cursor: cursorOf(response.headers.get('link')) };
}

function failureOf(response: Response, body: unknown): Error {
  const retryAfterInSeconds = readRetryAfter(response.headers.get('retry-after'));
  if (typeOf(response).startsWith('application/problem+json') && isProblem(body)) {
    return new ReboundProblemError({ problem: body, retryAfterInSeconds });
  }
  const message = messageOf(body) ?? `Something in front of Rebound answered ${response.status}.`;
  return new ReboundGatewayError({ status: response.status, message, retryAfterInSeconds });
}

function typeOf(response: Response): string {
  return response.headers.get('content-type') ?? '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is ProblemBody {
  const { code, status, detail } = (body ?? {}) as Partial<ProblemBody>;
  return typeof code === 'string' && typeof status === 'number' && typeof detail === 'string';
}

function messageOf(body: unknown): string | null {
  const { message } = (body ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : null;
}

/** Seconds only: Rebound writes no dates there. */
function readRetryAfter(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/** RFC 8288: `</v1/...?cursor=...>; rel="next"`. */
function cursorOf(link: string | null): string | null {
  const [, query] = /<[^>?]*\?([^>]*)>\s*;\s*rel="next"/.exec(link ?? '') ?? [];
  return new URLSearchParams(query).get('cursor');
}
