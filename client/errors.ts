import type { ProblemCode, Refusal, RefusalCode, UnbounceRule } from './contract.ts';

/** A problem document (RFC 9457) as Rebound writes it. Codes and members may be added. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode | RefusalCode;
  readonly rule?: UnbounceRule;
  readonly refusals?: readonly Refusal[];
  readonly resetsAt?: string;
}

interface ProblemAnswer {
  readonly problem: ProblemBody;
  readonly retryAfterInSeconds: number | null;
}

/** Rebound has refused the call, and says why. Go by `code`; the message is for people. */
export class ReboundProblemError extends Error {
  override readonly name = 'ReboundProblemError';
  readonly status: number;
  readonly code: ProblemBody['code'];
  /** The rule of a refused unbounce. */
  readonly rule: UnbounceRule | null;
  /** Every condition of a refused unbounce that fails; else empty. */
  readonly refusals: readonly Refusal[];
  readonly retryAfterInSeconds: number | null;
  readonly problem: ProblemBody;

  constructor({ problem, retryAfterInSeconds }: ProblemAnswer) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.rule = problem.rule ?? null;
    this.refusals = problem.refusals ?? [];
    this.retryAfterInSeconds = retryAfterInSeconds;
    this.problem = problem;
  }
}

interface GatewayAnswer {
  readonly status: number;
  readonly message: string;
  readonly retryAfterInSeconds: number | null;
}

/** Something in front of Rebound has answered: the gateway with its `{"message"}`, or what is no API at all. */
export class ReboundGatewayError extends Error {
  override readonly name = 'ReboundGatewayError';
  readonly status: number;
  readonly retryAfterInSeconds: number | null;

  constructor({ status, message, retryAfterInSeconds }: GatewayAnswer) {
    super(message);
    this.status = status;
    this.retryAfterInSeconds = retryAfterInSeconds;
  }
}
