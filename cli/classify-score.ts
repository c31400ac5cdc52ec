/** One bounce of a labelled corpus and what the classifier made of it. */
export interface ScoredBounce {
  readonly id: string | number | null;
  readonly reason: string;
  readonly alsoAcceptable: readonly string[];
  /** Of tier A `reason` alone is right; of any other also what is acceptable. */
  readonly isStrict: boolean;
  readonly got: { readonly reason: string; readonly kind: string; readonly rule: string };
}

/** A part of a whole; the rate of nothing out of nothing is null. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

export interface Score {
  /** Tier A, `reason` alone is right. */
  readonly accuracy: Rate;
  /** Mean F1 of the reasons with at least five bounces of tier A; null when there is none. */
  readonly macroF1: number | null;
  /** All tiers, what is acceptable is right. */
  readonly lenientAccuracy: Rate;
  /** Tier A: called dead although it is not. */
  readonly falseDead: Rate;
  /** Tier A: called by a reason that is never unbounced although it has another. */
  readonly falseNever: Rate;
  /** Tier A: dead, but not called so. */
  readonly missedDead: Rate;
  /** Tier A: the sender's or a passing fault that would block the address. */
  readonly softMadeHard: readonly ScoredBounce[];
  readonly misses: readonly ScoredBounce[];
}

const DEAD = new Set(['unknown_user', 'mailbox_inactive', 'dns_failure']);
const NEVER = new Set(['unknown_user', 'mailbox_inactive', 'mailbox_full']);
const SOFT = new Set(['throttled', 'timeout', 'temporary_problem', 'authentication', 'reputation']);
const LEAST_BOUNCES_OF_A_REASON = 5;

/** Measures a classifier on a labelled corpus. */
export function scoreBounces(bounces: readonly ScoredBounce[]): Score {
  const strict = bounces.filter(({ isStrict }) => isStrict);
  const live = strict.filter(({ reason }) => !DEAD.has(reason));
  const dead = strict.filter(({ reason }) => DEAD.has(reason));
  const liftable = strict.filter(({ reason }) => !NEVER.has(reason));
  return {
    accuracy: rate(strict, isExact),
    macroF1: macroF1(strict),
    lenientAccuracy: rate(bounces, isAcceptable),
    falseDead: rate(live, ({ got }) => DEAD.has(got.reason)),
    falseNever: rate(liftable, ({ got }) => NEVER.has(got.reason)),
    missedDead: rate(dead, ({ got }) => !DEAD.has(got.reason)),
    softMadeHard: strict.filter(({ reason, got }) => SOFT.has(reason) && got.kind === 'hard'),
    misses: bounces.filter((bounce) => !(bounce.isStrict ? isExact(bounce) : isAcceptable(bounce))),
  };
}

function rate(bounces: readonly ScoredBounce[], holds: (bounce: ScoredBounce) => boolean): Rate {
  return { count: bounces.filter(holds).length, of: bounces.length };
}

function isExact({ reason, got }: ScoredBounce): boolean {
  return got.reason === reason;
}

function isAcceptable(bounce: ScoredBounce): boolean {
  return isExact(bounce) || bounce.alsoAcceptable.includes(bounce.got.reason);
}

function macroF1(strict: readonly ScoredBounce[]): number | null {
  const reasons = [...new Set(strict.map(({ reason }) => reason))].filter(
    (reason) => strict.filter((bounce) => bounce.reason === reason).length >= LEAST_BOUNCES_OF_A_REASON,
  );
  if (reasons.length === 0) return null;
  return reasons.map((reason) => f1(strict, reason)).reduce((sum, value) => sum + value, 0) / reasons.length;
}

/** 2 TP / (2 TP + FP + FN). */
function f1(strict: readonly ScoredBounce[], reason: string): number {
  const labelled = strict.filter((bounce) => bounce.reason === reason);
  const called = strict.filter(({ got }) => got.reason === reason);
  const right = labelled.filter(isExact).length;
  return (2 * right) / (labelled.length + called.length);
}
