import { type ProblemBody, ReboundGatewayError, ReboundProblemError } from './errors.ts';

/** The body of a good answer. Throws ReboundProblemError or ReboundGatewayError for any other. */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parseJson(text);
  const type = response.headers.get('content-type') ?? '';
  const retryAfterInSeconds = readRetryAfter(response.headers.get('retry-after'));
  if (response.ok && body !== undefined) return body;
  if (type.startsWith('application/problem+json') && isProblem(body)) {
    throw new ReboundProblemError({ problem: body, retryAfterInSeconds });
  }
  const message = messageOf(body) ?? `Something in front of Rebound answered ${response.status}.`;
  throw new ReboundGatewayError({ status: response.status, message, retryAfterInSeconds });
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

function readRetryAfter(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}
