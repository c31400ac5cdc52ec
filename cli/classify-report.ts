import type { Rate, Score, ScoredBounce } from './classify-score.ts';
import { printable } from './printable.ts';

/** The score as lines for people. */
export function reportScore(score: Score): string {
  return [
    `accuracy, tier A          ${share(score.accuracy)}`,
    `macro-F1, tier A          ${score.macroF1?.toFixed(4) ?? '-'}  mean over reasons with 5 bounces or more`,
    `lenient accuracy, all     ${share(score.lenientAccuracy)}`,
    `false-dead                ${share(score.falseDead)}`,
    `false-never               ${share(score.falseNever)}`,
    `missed-dead               ${share(score.missedDead)}`,
    `soft made hard            ${score.softMadeHard.length}`,
    ...score.softMadeHard.map(missLine),
    `misses                    ${score.misses.length}`,
    ...[...score.misses].sort(byConfusion).map(missLine),
  ].join('\n');
}

function share({ count, of }: Rate): string {
  return `${of === 0 ? '-' : (count / of).toFixed(4)}  ${count} of ${of}`;
}

function byConfusion(one: ScoredBounce, other: ScoredBounce): number {
  return confusion(one).localeCompare(confusion(other));
}

function missLine(bounce: ScoredBounce): string {
  const { id, isStrict, got } = bounce;
  return `  ${isStrict ? 'A' : 'B'}  ${confusion(bounce)}  by ${got.rule}  (${printable(String(id ?? '-'))})`;
}

function confusion({ reason, alsoAcceptable, isStrict, got }: ScoredBounce): string {
  const right = isStrict ? reason : [reason, ...alsoAcceptable].join('|');
  return printable(`${right} -> ${got.reason}`);
}
