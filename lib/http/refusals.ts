import type { Refusal } from '../policy/refusal.ts';
import { type Instant, toIso } from '../policy/time.ts';
import { type JsonAnswer, problem, retryAfter } from './problem.ts';

/** A refusal as clients see it. */
export interface RefusalBody {
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly resetsAt?: string;
}

export function toRefusalBody({ rule, code, message, resetsAt }: Refusal): RefusalBody {
  return { rule, code, message, ...(resetsAt !== undefined && { resetsAt: toIso(resetsAt) }) };
}

/** The answer to a refused unbounce: the first refusal gives code, status and rule; all are listed. */
export function refusalProblem(refusals: readonly [Refusal, ...Refusal[]], now: Instant): JsonAnswer {
  const [{ rule, code, message, resetsAt }] = refusals;
  return problem(code, message, {
    ...(resetsAt !== undefined && { headers: retryAfter((resetsAt - now) / 1000) }),
    members: {
      rule,
      refusals: refusals.map(toRefusalBody),
      ...(resetsAt !== undefined && { resetsAt: toIso(resetsAt) }),
    },
  });
}
