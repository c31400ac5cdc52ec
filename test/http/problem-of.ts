import { ProblemError } from '../../lib/http/problem.ts';

/** The code of the problem that reading ends with; null when it ends well. Other errors pass. */
export function problemOf(read: () => unknown): string | null {
  return problemBodyOf(read)?.code ?? null;
}

export function problemBodyOf(read: () => unknown): { code: string; detail: string } | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.answer.body as { code: string; detail: string };
  }
}
