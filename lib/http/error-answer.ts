import { UnavailableError } from '../policy/unavailable.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Answer, ProblemError, problem, retryAfter } from './problem.ts';

export interface FailedRequest {
  readonly request: { readonly id: string; readonly routeKey: string };
  readonly telemetry: Telemetry;
}

/** The one table of errors: what the caller must do about each. What it did not cause, the operator's log names. */
export function toErrorAnswer(error: unknown, { request, telemetry }: FailedRequest): Answer {
  if (error instanceof ProblemError) return error.answer;
  const about = { requestId: request.id, route: request.routeKey };
  if (error instanceof UnavailableError) {
    telemetry.log('warn', 'request_unavailable', { ...about, error: error.message });
    return problem('try_again', 'Send the same request again after a moment. Doing so is safe.', {
      headers: retryAfter(error.retryAfterInSeconds),
    });
  }
  telemetry.log('error', 'request_failed', { ...about, error: traceOf(error) });
  return problem('internal', `Try again. If it stays so, give the operator the request id "${request.id}".`);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
